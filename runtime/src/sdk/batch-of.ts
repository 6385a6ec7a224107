/** Batches of a meter's clients. */
import { type Batch, type BatchTools, createBatch } from '../batch/batch.ts';
import { type BatchOptions, readBatchOptions } from '../batch/options.ts';
import { serviceOf } from '../batch/services/index.ts';
import { NO_CONTEXT } from '../core/context.ts';
import { MeterError } from '../core/errors.ts';
import type { RecordStore } from '../stores/store.ts';
import { currentScope, runIn } from './context.ts';
import { patientCopy, plainCopy, plainFetch } from './copy.ts';
import type { Meter } from './meter.ts';

interface Tools extends Pick<BatchTools<object>, 'sends' | 'providerAt' | 'now' | 'emit'> {
  /** Undefined for stores that keep none. */
  readonly records: RecordStore | undefined;
}

const NO_RECORDS =
  'batch: these stores keep no records, which batches need. Add those of another: combineStores(stores, sqliteStores({ path })).';

/** @throws MeterError for options that are wrong, and for a client whose batches are not known */
export function batchOf<Client extends object>(
  input: BatchOptions<Client>,
  meter: Meter,
  { records, ...tools }: Tools,
): Batch<Client> {
  const options = readBatchOptions(input);
  if (records === undefined) throw new MeterError(NO_RECORDS);
  const client = meter.wrap(options.client as Client);
  return createBatch<Client>(options, {
    ...tools,
    records,
    service: serviceOf(plainCopy(client, meter), client, plainFetch(client)),
    clientWith: (fetch) => patientCopy(client, meter, fetch),
    context: () => currentScope()?.context ?? NO_CONTEXT,
    runWith: runIn,
  });
}
