/** Rate limits in PostgreSQL, for all processes of all machines. */

import type { Bucket, RateStore } from '../store.ts';
import type { PostgresConnection } from './connection.ts';
import { asKey } from './text.ts';

export function postgresRates({ schema, query }: PostgresConnection): RateStore {
  const run = (isTaking: boolean, buckets: readonly Bucket[]) =>
    query<{ refusing: number; wait: number }>(`SELECT * FROM ${schema}.rate_take($1, $2, $3, $4, $5)`, [
      isTaking,
      buckets.map(({ key }) => asKey(key)),
      buckets.map(({ capacity }) => capacity),
      buckets.map(({ perSecond }) => perSecond),
      buckets.map(({ amount }) => amount),
    ]);

  return {
    async take(buckets) {
      const [refusal] = await run(true, buckets);
      if (refusal === undefined) return { isTaken: true };
      const { key } = buckets[refusal.refusing] as Bucket;
      return { isTaken: false, key, retryAfter: refusal.wait };
    },

    async giveBack(buckets) {
      await run(false, buckets);
    },

    close() {},
  };
}
