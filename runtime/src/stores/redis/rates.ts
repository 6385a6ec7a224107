/** Rate limits in Redis, for all processes of all machines. */

import type { Bucket, RateStore } from '../store.ts';
import { type RedisConnection, redisScript } from './connection.ts';

/**
 * KEYS: one hash per bucket, with its level `l` and the time of that level `t`; it expires when it is full again. ARGV:
 * `take` or `give`, then capacity, refill per second and amount of each. The arithmetic is that of `bucket.ts`.
 */
const BUCKETS = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local LONGEST = 30 * 86400000

local function write(index, level)
  local capacity, perSecond = tonumber(ARGV[index * 3 - 1]), tonumber(ARGV[index * 3])
  redis.call('HSET', KEYS[index], 'l', string.format('%.17g', level), 't', string.format('%.0f', now))
  local full = perSecond > 0 and math.ceil((capacity - level) / perSecond * 1000) or LONGEST
  redis.call('PEXPIRE', KEYS[index], string.format('%.0f', math.min(full + 1000, LONGEST)))
end

local function read(index)
  local capacity, perSecond = tonumber(ARGV[index * 3 - 1]), tonumber(ARGV[index * 3])
  local found = redis.call('HMGET', KEYS[index], 'l', 't')
  if not found[1] then return capacity end
  local at = tonumber(found[2])
  local level = math.min(capacity, tonumber(found[1]) + math.max(0, now - at) * perSecond / 1000)
  if at > now then write(index, level) end
  return level
end

if ARGV[1] == 'give' then
  for index = 1, #KEYS do
    write(index, math.min(tonumber(ARGV[index * 3 - 1]), read(index) + tonumber(ARGV[index * 3 + 1])))
  end
  return {'1'}
end

local levels = {}
local longest, refusing = -1, nil
for index = 1, #KEYS do
  local capacity, perSecond = tonumber(ARGV[index * 3 - 1]), tonumber(ARGV[index * 3])
  local left = (levels[KEYS[index]] or read(index)) - math.min(capacity, tonumber(ARGV[index * 3 + 1]))
  levels[KEYS[index]] = left
  if left < -1e-6 then
    local wait = perSecond > 0 and math.ceil(-left / perSecond * 1000) or math.huge
    if wait > longest then longest, refusing = wait, index end
  end
end
if refusing then return {'0', tostring(refusing - 1), longest == math.huge and 'never' or string.format('%.0f', longest)} end
for index = 1, #KEYS do write(index, levels[KEYS[index]]) end
return {'1'}
`);

export function redisRates(connection: RedisConnection): RateStore {
  // A request's buckets give together or not at all, so all buckets of a namespace are in one slot of a cluster.
  const tag = `{${connection.namespace}:rates}`;

  async function run(kind: 'take' | 'give', buckets: readonly Bucket[]): Promise<string[]> {
    if (buckets.length === 0) return ['1'];
    const keys = buckets.map(({ key }) => `${tag}:${key}`);
    const values = buckets.flatMap(({ capacity, perSecond, amount }) => [capacity, perSecond, amount]);
    return (await connection.script(BUCKETS, keys, [kind, ...values])) as string[];
  }

  return {
    async take(buckets) {
      const [isTaken, index, wait] = await run('take', buckets);
      if (isTaken === '1') return { isTaken: true };
      const { key } = buckets[Number(index)] as Bucket;
      return { isTaken: false, key, retryAfter: wait === 'never' ? Number.POSITIVE_INFINITY : Number(wait) };
    },

    async giveBack(buckets) {
      await run('give', buckets);
    },

    close() {},
  };
}
