/** A connection that takes its time: forwards to a port of this machine, and holds answers for as long as a test wants. */
import { connect, createServer, type Socket } from 'node:net';

export interface SlowProxy {
  readonly port: number;
  /** How often something was sent behind an answer: each is a round trip that began. */
  readonly roundTrips: number;
  /** From here on answers wait until they are released. */
  readonly hold: () => void;
  readonly release: () => void;
  /** Resolves when an answer waits. */
  readonly holds: () => Promise<void>;
  readonly close: () => void;
}

export async function slowProxy(target: number): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  let isHolding = false;
  let answers: (() => void)[] = [];
  let held = Promise.withResolvers<void>();
  let roundTrips = 0;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let isAnswered = true;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
        sockets.delete(socket);
      });
    }
    client.on('data', (data) => {
      if (isAnswered) roundTrips++;
      isAnswered = false;
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      const answer = (): void => {
        isAnswered = true;
        if (client.writable) client.write(data);
      };
      if (!isHolding) return answer();
      answers.push(answer);
      held.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    get roundTrips() {
      return roundTrips;
    },
    hold() {
      isHolding = true;
    },
    release() {
      isHolding = false;
      const all = answers;
      answers = [];
      held = Promise.withResolvers();
      for (const answer of all) answer();
    },
    holds: () => held.promise,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
