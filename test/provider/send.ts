/** Puts an answer onto the socket, with the delays, faults and encodings of its script. */
import type { ServerResponse } from 'node:http';
import { encoderInto, encodeWhole } from './encode.ts';
import type { RecordedCall } from './log.ts';
import type { Fault, Place, Step } from './script.ts';
import type { StreamEvent } from './wires/wire.ts';

/** An answer on its way. */
export interface Sending {
  readonly response: ServerResponse;
  readonly call: RecordedCall;
  readonly step: Step;
  readonly headers: Readonly<Record<string, string>>;
  /** Resolves when the test lets the answer go on, or the connection is gone. */
  readonly hold: () => Promise<void>;
}

export async function sendBody(sending: Sending, status: number, body: Buffer | string): Promise<void> {
  const { response, call, step } = sending;
  if (await endsEarly(sending)) return;
  const isHeldInside = step.hold !== undefined && step.hold !== 'start';
  if (step.fault === undefined && step.encoding === undefined && !isHeldInside) {
    // A body that is a string leaves together with its headers, in one write.
    call.bytesSent = Buffer.byteLength(body);
    begin(sending, status, { 'content-length': String(call.bytesSent) });
    return void response.end(body);
  }
  const whole = encodeWhole(typeof body === 'string' ? Buffer.from(body) : body, step.encoding);
  const { fault } = step;
  const end = fault === undefined || fault.kind === 'error' ? whole.length : placeOf(fault.at, () => whole.length);
  const bytes = whole.subarray(0, end);
  const length = fault?.kind === 'cut' ? bytes.length : whole.length;
  begin(sending, status, { 'content-length': String(length) });
  response.flushHeaders();
  const put = (part: Buffer): void => {
    call.bytesSent += part.length;
    if (part.length > 0) response.write(part);
  };
  const held = step.hold === undefined || !isHeldInside ? 0 : placeOf(step.hold, () => whole.length);
  put(bytes.subarray(0, held));
  if (isHeldInside) await sending.hold();
  if (response.closed) return;
  put(bytes.subarray(held));
  if (bytes.length === length) return void response.end();
  await fail(sending);
}

/** `onEvent` receives each event before it is written to the socket. */
export async function sendStream(
  sending: Sending,
  events: () => Iterable<StreamEvent>,
  onEvent: (event: StreamEvent) => void,
  errorFrame: (fault: Fault, sent: number) => string,
): Promise<void> {
  const { response, step } = sending;
  if (await endsEarly(sending)) return;
  begin(sending, 200, { 'cache-control': 'no-cache' });
  response.flushHeaders();
  const { fault } = step;
  const last = fault === undefined ? -1 : placeOf(fault.at, () => [...events()].length);
  const held = step.hold === undefined ? -1 : placeOf(step.hold, () => [...events()].length);
  const write = writerFor(sending);
  let sent = 0;
  for (const event of events()) {
    if (sent === held && step.hold !== 'start') await sending.hold();
    if (sent === last) break;
    if (sent > 0 && step.chunkDelayMs !== undefined) await wait(step.chunkDelayMs, response);
    if (response.closed) return;
    onEvent(event);
    await write(event.frame);
    sent++;
  }
  if (fault?.kind === 'error') await write(errorFrame(fault, sent));
  if (fault !== undefined && fault.kind !== 'error') return fail(sending);
  await write(null);
}

function begin({ response, call, step, headers }: Sending, status: number, more: Record<string, string>): void {
  call.status = status;
  const encoding = step.encoding === undefined ? {} : { 'content-encoding': step.encoding };
  response.writeHead(status, { ...headers, ...encoding, ...more });
}

/** The delay, the hold, and what goes wrong before anything is sent. True where that was the end of it. */
async function endsEarly(sending: Sending): Promise<boolean> {
  const { response, step } = sending;
  if (step.delayMs !== undefined) await wait(step.delayMs, response);
  if (step.hold === 'start') await sending.hold();
  if (response.closed) return true;
  if (step.fault?.at !== 'start') return false;
  await fail(sending);
  return true;
}

/** After how many bytes or events a place is. */
function placeOf(at: Place, whole: () => number): number {
  if (at === 'middle') return whole() >> 1;
  return typeof at === 'number' ? at : 0;
}

/** A stalled answer waits for the client to give up, whatever is released meanwhile. */
async function fail({ response, call, step, hold }: Sending): Promise<void> {
  if (step.fault?.kind === 'stall') while (!response.closed) await hold();
  if (response.closed) return;
  if (step.fault?.kind === 'cut') return void response.end();
  // What was written leaves for the socket before it is torn down.
  await new Promise(setImmediate);
  if (!response.closed) call.outcome = 'broken';
  response.destroy();
}

/** Writes a part, and waits for a slow reader; null ends the body. */
function writerFor({ response, call, step }: Sending): (text: string | null) => Promise<void> | undefined {
  const put = (bytes: Buffer | string): boolean => {
    call.bytesSent += Buffer.byteLength(bytes);
    return response.write(bytes);
  };
  if (step.encoding === undefined) {
    return (text) => {
      if (text === null) response.end();
      else if (!put(text)) return drained(response);
      return undefined;
    };
  }
  const encode = encoderInto(step.encoding, put);
  return async (text) => {
    await encode(text);
    if (text === null) response.end();
    else if (response.writableNeedDrain) await drained(response);
  };
}

/** Resolves when the socket takes more, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) return resolve();
    const end = () => {
      response.off('close', end).off('drain', end);
      resolve();
    };
    response.once('drain', end).once('close', end);
  });
}

/** Resolves after a time, or when the connection is gone. */
function wait(milliseconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) return resolve();
    const end = () => {
      clearTimeout(timer);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    response.once('close', end);
  });
}
