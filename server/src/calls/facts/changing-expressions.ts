/**
 * Expressions whose value differs in every call. A date without a time does not: a provider's cache lives for minutes.
 */

const CLOCK = [
  /\bnew Date\(\)(?:\.(?:toISOString|toString|toUTCString|toJSON|getTime|valueOf|toLocaleString|toLocaleTimeString|toTimeString)\(\))?$/,
  /\bnow\.(?:toISOString|toString|toUTCString|toJSON|getTime|toLocaleString|toLocaleTimeString|isoformat|timestamp)\(\)$/,
  /\bDate\.now\(\)$/,
  /\bDate\(\)$/,
  /\bdatetime\.(?:now|utcnow)\((?:[\w.]*|tz=[\w.()]*)\)(?:\.(?:isoformat|timestamp|ctime)\(\))?$/,
  /\btime\.(?:time|time_ns|monotonic|perf_counter|ctime)\(\)$/,
  /\bstrftime\([^)]*%[HMSfXcT]/,
  /\bperformance\.now\(\)$/,
];
const RANDOM = [
  /\b(?:randomUUID|nanoid|uuidv?[1-7]|cuid|ulid|createId)\(\)/,
  /\buuid\.(?:uuid[1-7]|v[1-7])\(\)/,
  /\bMath\.random\(\)/,
  /\brandom\.(?:random|randint|choice|sample|randrange|uniform)\(/,
  /\b(?:secrets\.token_|token_hex|token_urlsafe)/,
];

/**
 * True if the rendered expression clearly gives a different text each time; false if it may be a day, or was cut off.
 */
export function changesAtEveryCall(expression: string | null): boolean {
  if (expression === null) return false;
  return [...CLOCK, ...RANDOM].some((pattern) => pattern.test(expression));
}
