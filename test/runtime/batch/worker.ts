/** A process that works on a batch until it is done or killed: `node worker.ts JSON`. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { createMeter, sqliteStores } from '../../../runtime/src/index.ts';
import { PATIENT } from '../../stores/in-time.ts';
import { hostsOf } from '../set-up.ts';

export interface WorkerTask {
  /** The file of the stores. */
  readonly path: string;
  readonly url: string;
  readonly client: 'openai' | 'anthropic';
  /** Milliseconds that the clock of the stores is ahead, so that the claim of a process that was killed has run out. */
  readonly ahead: number;
  readonly input: string;
  readonly output: string;
  readonly maxRows: number;
}

if (process.argv[1] === import.meta.filename) {
  const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
  const { path, url, ahead, input, output, maxRows } = task;
  const stores = sqliteStores({ path, busyTimeout: PATIENT, clock: () => Date.now() + ahead });
  const meter = createMeter({ stores, hosts: hostsOf(url) });
  const clients = {
    anthropic: () => new Anthropic({ apiKey: 'key', baseURL: url, maxRetries: 0 }),
    openai: () => new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 }),
  };
  const client = clients[task.client]();
  const batch = meter.batch({ client, name: 'nightly', poll: { first: 1, max: 5 }, maxRows });
  await batch.file(input, output);
  await batch.close();
  await meter.close();
  process.send?.(process.resourceUsage().maxRSS * 1024);
  process.disconnect?.();
}
