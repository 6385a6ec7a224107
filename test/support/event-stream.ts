/** Bytes of `application/vnd.amazon.eventstream`, as AWS sends them. */
import { crc32 } from 'node:zlib';

export function eventStream(...events: readonly (readonly [type: string, payload: object])[]): Uint8Array {
  const parts = events.map(([type, payload]) => message({ ':message-type': 'event', ':event-type': type }, payload));
  return Uint8Array.from(Buffer.concat(parts));
}

export function exception(type: string, payload: object): Uint8Array {
  return message({ ':message-type': 'exception', ':exception-type': type }, payload);
}

function message(named: Readonly<Record<string, string>>, payload: object): Uint8Array {
  const headers = Buffer.concat(Object.entries(named).map(([name, value]) => header(name, value)));
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const front = Buffer.concat([prelude, checksum(prelude), headers, body]);
  return Buffer.concat([front, checksum(front)]);
}

function header(name: string, value: string): Uint8Array {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, bytes]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
