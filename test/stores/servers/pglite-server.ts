/**
 * PostgreSQL with pgvector inside this process, on a port for clients. There is one session for all connections: each has it
 * from its first message to the end of its transaction, and settings for one connection have no effect.
 */
import { createServer, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

export interface PgliteServer {
  readonly port: number;
  readonly url: string;
  /** Runs statements as if from another connection. */
  readonly run: (sql: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Codes in place of a version (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const SSL_REQUEST = 80877103;
const CANCEL_REQUEST = 80877102;

export async function pgliteServer(): Promise<PgliteServer> {
  const database = await PGlite.create({ extensions: { vector } });
  const sockets = new Set<Socket>();
  const { acquire, release } = createLock();

  const server = createServer((socket) => {
    sockets.add(socket);
    const owner = {};
    let received: Buffer = Buffer.alloc(0);
    let isStarted = false;
    let working = Promise.resolve();

    const answer = async (messages: Buffer): Promise<void> => {
      await acquire(owner);
      const reply = Buffer.from(await database.execProtocolRaw(messages));
      // The status after the last message: neither in a transaction nor in one that failed.
      if (reply.at(-1) === 0x49) release(owner);
      socket.write(reply);
    };

    const read = async (): Promise<void> => {
      if (!isStarted) {
        if (received.length < 8) return;
        const [length, code] = [received.readInt32BE(0), received.readInt32BE(4)];
        if (received.length < length) return;
        const startup = received.subarray(0, length);
        received = received.subarray(length);
        if (code === SSL_REQUEST) socket.write('N');
        else if (code === CANCEL_REQUEST) return void socket.end();
        else {
          isStarted = true;
          await answer(startup);
        }
        return read();
      }
      const { messages, rest, isEnd } = wholeRequests(received);
      received = rest;
      if (messages.length > 0) await answer(messages);
      if (isEnd) socket.end();
    };

    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      working = working.then(read);
      working.catch(() => socket.destroy());
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      void working
        .catch(() => {})
        .then(async () => {
          if (!release(owner)) return;
          await database.exec('ROLLBACK');
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    port,
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async run(sql) {
      const owner = {};
      await acquire(owner);
      try {
        await database.exec(sql);
      } finally {
        release(owner);
      }
    },
    async remove() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

/** Requests end with Sync or are a simple Query: what comes before has no answer yet. */
function wholeRequests(received: Buffer): { messages: Buffer; rest: Buffer; isEnd: boolean } {
  let end = 0;
  for (let at = 0; at + 5 <= received.length; ) {
    const type = String.fromCharCode(received[at] ?? 0);
    const next = at + 1 + received.readInt32BE(at + 1);
    if (next > received.length) break;
    if (type === 'X') return { messages: received.subarray(0, end), rest: Buffer.alloc(0), isEnd: true };
    at = next;
    if (type === 'S' || type === 'Q') end = at;
  }
  return { messages: received.subarray(0, end), rest: received.subarray(end), isEnd: false };
}

function createLock() {
  let holder: object | null = null;
  const waiting: { readonly owner: object; readonly go: () => void }[] = [];
  return {
    async acquire(owner: object): Promise<void> {
      if (holder === owner) return;
      if (holder !== null) await new Promise<void>((go) => waiting.push({ owner, go }));
      holder = owner;
    },
    /** False if it was not held by this owner. */
    release(owner: object): boolean {
      if (holder !== owner) return false;
      const next = waiting.shift();
      holder = next?.owner ?? null;
      next?.go();
      return true;
    },
  };
}
