/**
 * The decisions of a budget as scripts, which Redis runs one at a time: each is atomic, and one round trip.
 *
 * KEYS: 1 a hash of sums, for each window `u:` used and `r:` reserved by leases that run; 2 a sorted set of windows by the
 * time at which they can be forgotten; 3 a hash of reservations by id; 4 a sorted set of their ids by the time at which
 * something happens to them: a lease runs out, or the id is forgotten.
 *
 * Nothing here has a time to live, so that a server which evicts what expires never evicts a budget; scripts clean up as
 * they go, a few old entries each.
 */
import { redisScript } from './connection.ts';

/** Amounts are strings on their way: Lua writes large numbers with an exponent, and cjson keeps 14 digits. */
const COMMON = `
local DAY = 86400000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- The sum turns -0 into 0, which HINCRBY does not take.
local function whole(number) return string.format('%.0f', number + 0) end
local function negative(amount) return whole(-tonumber(amount)) end

-- A length in milliseconds, or the edges of windows that follow each other (windowText in period.ts).
local function bounds(window)
  local length = tonumber(window)
  if length then
    local start = now - now % length
    return start, start + length
  end
  local start
  for text in string.gmatch(window, '%d+') do
    local edge = tonumber(text)
    if edge > now then return start, edge end
    start = edge
  end
end

-- Nothing where none of the edges is before, or none behind, what this server's clock shows.
local function windowOf(key, window)
  local start, ends = bounds(window)
  if not start or not ends then return nil end
  return whole(start) .. '-' .. whole(ends) .. ':' .. key, start, ends
end
local function outside() return {'outside', whole(now)} end

local function sums(window)
  local found = redis.call('HMGET', KEYS[1], 'u:' .. window, 'r:' .. window)
  return tonumber(found[1] or '0'), tonumber(found[2] or '0')
end

-- A window that was forgotten is left so: nothing asks for it again.
local function adjust(window, used, reserved)
  if redis.call('HEXISTS', KEYS[1], 'u:' .. window) == 0 then return end
  redis.call('HINCRBY', KEYS[1], 'u:' .. window, used)
  redis.call('HINCRBY', KEYS[1], 'r:' .. window, reserved)
end

local LATE = DAY
local function expireAndForget(limit)
  local due = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', whole(now), 'WITHSCORES', 'LIMIT', 0, limit)
  for index = 1, #due, 2 do
    local id = due[index]
    local stored = redis.call('HGET', KEYS[3], id)
    local reservation = stored and cjson.decode(stored)
    if reservation and reservation.state == 'open' then
      reservation.state = 'expired'
      for _, window in ipairs(reservation.windows) do adjust(window, '0', negative(reservation.amount)) end
      redis.call('HSET', KEYS[3], id, cjson.encode(reservation))
      redis.call('ZADD', KEYS[4], whole(tonumber(due[index + 1]) + LATE), id)
    else
      redis.call('HDEL', KEYS[3], id)
      redis.call('ZREM', KEYS[4], id)
    end
  end
  for _, window in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', whole(now), 'LIMIT', 0, limit)) do
    redis.call('HDEL', KEYS[1], 'u:' .. window, 'r:' .. window)
    redis.call('ZREM', KEYS[2], window)
  end
end

local FEW = 20
local ALL = 1000000
`;

/**
 * ARGV: id, amount, lease, then key, window and cap of each scope. Returns 1, or 0 and the figures of the scope that
 * refused. Here and below, the result is 'outside' and this server's time if the server's time is outside a window.
 */
export const RESERVE = redisScript(`${COMMON}
local id, amount, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
expireAndForget(FEW)
if redis.call('HEXISTS', KEYS[3], id) == 1 then return {'1'} end

local least, refusing = tonumber(amount), nil
local windows, isTaken = {}, {}
for index = 4, #ARGV, 3 do
  local window, start, ends = windowOf(ARGV[index], ARGV[index + 1])
  if not window then return outside() end
  local left = tonumber(ARGV[index + 2]) - sums(window)
  if left < least then
    least = left
    refusing = {index = index, window = window, ends = ends}
  end
  if not isTaken[window] then
    isTaken[window] = true
    table.insert(windows, {name = window, forgetAt = ends + math.min(ends - start, DAY)})
  end
end
if refusing then
  expireAndForget(ALL)
  local used, reserved = sums(refusing.window)
  return {'0', whole((refusing.index - 4) / 3), whole(used - reserved), whole(reserved), whole(refusing.ends)}
end

local names = {}
for _, window in ipairs(windows) do
  redis.call('HINCRBY', KEYS[1], 'u:' .. window.name, amount)
  redis.call('HINCRBY', KEYS[1], 'r:' .. window.name, amount)
  redis.call('ZADD', KEYS[2], whole(window.forgetAt), window.name)
  table.insert(names, window.name)
end
redis.call('HSET', KEYS[3], id, cjson.encode({state = 'open', amount = amount, windows = names}))
redis.call('ZADD', KEYS[4], whole(now + lease), id)
return {'1'}
`);

/** ARGV: id, spent, and for how long the id is remembered. */
export const SETTLE = redisScript(`${COMMON}
local id, spent, remembered = ARGV[1], ARGV[2], tonumber(ARGV[3])
local stored = redis.call('HGET', KEYS[3], id)
if not stored then return '0' end
local reservation = cjson.decode(stored)
if reservation.state == 'settled' then return '0' end
local used = whole(tonumber(spent) - tonumber(reservation.amount))
local reserved = reservation.state == 'open' and negative(reservation.amount) or '0'
for _, window in ipairs(reservation.windows) do adjust(window, used, reserved) end
redis.call('HSET', KEYS[3], id, cjson.encode({state = 'settled'}))
redis.call('ZADD', KEYS[4], whole(now + remembered), id)
return '1'
`);

/** ARGV: key and window of each scope. Answers spent, reserved and the window's end of each. */
export const STATES = redisScript(`${COMMON}
expireAndForget(ALL)
local answer = {}
for index = 1, #ARGV, 2 do
  local window, _, ends = windowOf(ARGV[index], ARGV[index + 1])
  if not window then return outside() end
  local used, reserved = sums(window)
  table.insert(answer, whole(used - reserved))
  table.insert(answer, whole(reserved))
  table.insert(answer, whole(ends))
end
return answer
`);
