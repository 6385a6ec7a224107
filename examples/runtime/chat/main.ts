/** Starts the service. With `--serve` it runs (on `PORT`, or 8787) until it is stopped; without, some visitors come by. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { meter } from './meter.ts';
import { createService } from './service.ts';
import { ask } from './visitor.ts';

const isServing = process.argv.includes('--serve');
const service = createService();
service.listen(isServing ? Number(process.env.PORT ?? 8787) : 0, '127.0.0.1');
await once(service, 'listening');
const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/chat`;

if (isServing) {
  console.log(`curl -N ${url} -d '{"user": "me", "message": "When is high tide?"}'`);
  await once(process, 'SIGINT');
} else {
  await ask(url, 'ada', 'When do you open?');
  // The same question from another visitor: answered from the cache, for free.
  await ask(url, 'ben', 'When do you open?');
  await ask(url, 'ada', 'And on Mondays?');
  // Long answers use the day's budget up; the third one does not fit any more.
  await ask(url, 'eve', 'Tell me everything about tides.');
  await ask(url, 'eve', 'And about the moon.');
  await ask(url, 'eve', 'And about the sun.');
}

service.close();
// What is on its way to the ledger is written before the process ends.
await meter.close();
