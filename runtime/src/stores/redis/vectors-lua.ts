/**
 * The scripts of the vectors in Redis. All keys of a namespace are in one slot of a cluster: a counter, one hash for each
 * vector, one sorted set of ids for each space, and one of all ids, by the number of their last write.
 */
import { redisScript } from './connection.ts';

const TIME = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const REMOVE = `
local function remove(tag, id)
  local key = tag .. ':entry:' .. id
  local space = redis.call('HGET', key, 'space')
  if space then redis.call('ZREM', space, id) end
  redis.call('ZREM', tag .. ':all', id)
  return redis.call('DEL', key)
end
`;

/**
 * KEYS: counter, entry, space, all. ARGV: tag, id, partition, vector, meta, checksum, lifetime, maximum. HSET comes before
 * everything that takes no memory, so that Redis checks its limit.
 */
export const SET = redisScript(`${TIME}${REMOVE}
local tag, id, lifetime = ARGV[1], ARGV[2], tonumber(ARGV[7])
local before = redis.call('HGET', KEYS[2], 'space')
-- A server that lost its data continues with higher numbers, so that other processes still see what is new.
redis.call('SET', KEYS[1], string.format('%.0f', now), 'NX')
local sequence = string.format('%.0f', redis.call('INCR', KEYS[1]))
redis.call('HSET', KEYS[2], 'sequence', sequence, 'space', KEYS[3], 'partition', ARGV[3], 'vector', ARGV[4],
  'meta', ARGV[5], 'checksum', ARGV[6], 'stored', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[2], lifetime)
if before and before ~= KEYS[3] then redis.call('ZREM', before, id) end
for index = 3, 4 do
  redis.call('ZADD', KEYS[index], sequence, id)
  if redis.call('PTTL', KEYS[index]) < lifetime then redis.call('PEXPIRE', KEYS[index], lifetime) end
end
local excess = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[8])
if excess > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', KEYS[4], 0, excess - 1)) do remove(tag, oldest) end
end
return '1'
`);

/** KEYS: space. ARGV: tag, number, limit. Ids without an entry have expired. */
export const SINCE = redisScript(`
local tag = ARGV[1]
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
local result = {tostring(#found / 2), found[#found] or ARGV[2]}
for index = 1, #found, 2 do
  local vector = redis.call('HGET', tag .. ':entry:' .. found[index], 'vector')
  if vector then
    table.insert(result, found[index + 1])
    table.insert(result, found[index])
    table.insert(result, vector)
  else
    redis.call('ZREM', KEYS[1], found[index])
    redis.call('ZREM', tag .. ':all', found[index])
  end
end
return result
`);

/** KEYS: all, for the slot. ARGV: tag, ids. Six texts for each id. */
export const CURRENT = redisScript(`${TIME}
local result = {}
for index = 2, #ARGV do
  local fields = redis.call('HMGET', ARGV[1] .. ':entry:' .. ARGV[index], 'sequence', 'vector', 'meta', 'checksum', 'stored', 'partition')
  local stored = tonumber(fields[5] or '')
  fields[5] = stored and string.format('%.0f', now - stored) or ''
  for field = 1, 6 do table.insert(result, fields[field] or '') end
end
return result
`);

/** KEYS: all. ARGV: tag, number, limit. Ids, each after its number. */
export const LIST = redisScript(`
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[3])
`);

/** KEYS: all. ARGV: tag, whether the partition counts, the partition, ids. */
export const DELETE = redisScript(`${REMOVE}
local count = 0
for index = 4, #ARGV do
  local partition = redis.call('HGET', ARGV[1] .. ':entry:' .. ARGV[index], 'partition')
  if ARGV[2] == '0' or partition == ARGV[3] then count = count + remove(ARGV[1], ARGV[index]) end
end
return tostring(count)
`);
