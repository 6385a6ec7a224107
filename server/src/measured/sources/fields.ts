/** Reads fields of foreign records, in which anything may be missing or of another kind. */
import { PROVIDER_TABLE, providerOfAlias } from '@farthing/shared/providers/index';
import { PROVIDERS, type ProviderName } from '@farthing/shared/vocabulary';

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const MAX_NAME = 300;

/** A name without control characters; null for anything else, and for text that is longer than any name. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME) return null;
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value) ? null : value;
}

/** The largest count of one record: far above any request, and sums of millions of them stay exact. */
const MAX_COUNT = 1_000_000_000_000;

/** A whole number that is not negative, also from text; null for anything else. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+(?:\.0+)?$/.test(value.trim()) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 && (number as number) <= MAX_COUNT
    ? (number as number)
    : null;
}

/** The first that is a count. */
export function firstCount(...values: readonly unknown[]): number | null {
  for (const value of values) {
    const count = countOf(value);
    if (count !== null) return count;
  }
  return null;
}

export function firstName(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const name = nameOf(value);
    if (name !== null) return name;
  }
  return null;
}

const YEAR_2000 = 946_684_800_000;
const YEAR_2100 = 4_102_444_800_000;

/**
 * Milliseconds since the epoch, of ISO 8601 (without a zone: UTC, as exports write it), and of numbers in seconds,
 * milliseconds or nanoseconds. Null for anything else.
 */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'string' && !/^\d+(?:\.\d+)?$/.test(value)) {
    const iso =
      /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/.exec(value);
    if (iso === null) return null;
    const [, day = '', clock = '00:00', zone = 'Z'] = iso;
    const offset = zone === 'UTC' || zone === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone;
    return within(Date.parse(`${day}T${clock}${offset}`));
  }
  const number = Number(value);
  if (value === null || value === undefined || typeof value === 'boolean' || !Number.isFinite(number)) return null;
  const scale = number > 1e17 ? 1e-6 : number > 1e14 ? 1e-3 : number > 1e11 ? 1 : 1000;
  return within(Math.round(number * scale));
}

function within(milliseconds: number): number | null {
  return milliseconds >= YEAR_2000 && milliseconds < YEAR_2100 ? milliseconds : null;
}

const MAX_LATENCY = 7 * 86_400_000;

/** Milliseconds between two times; null if either is unknown, or if they contradict each other. */
export function between(start: number | null, end: number | null): number | null {
  if (start === null || end === null || end < start || end - start > MAX_LATENCY) return null;
  return end - start;
}

const TELEMETRY_NAMES: ReadonlyMap<string, ProviderName> = new Map(
  PROVIDERS.flatMap((name) => {
    const { telemetryName } = PROVIDER_TABLE[name];
    return telemetryName === undefined ? [] : [[plain(telemetryName), name] as const];
  }),
);

function plain(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

/**
 * The provider by its own name or one that other tools use. `any` where the record names none: the price is then that of
 * the model's maker. `unknown` for a name that is not known, which has no price.
 */
export function providerNamed(value: unknown): ProviderName {
  const name = nameOf(value);
  if (name === null) return 'any';
  const wanted = plain(name);
  return (
    PROVIDERS.find((one) => one === wanted) ??
    TELEMETRY_NAMES.get(wanted) ??
    providerOfAlias(name.toLowerCase()) ??
    // `openai.responses` of the AI SDK, `anthropic.messages`.
    PROVIDERS.find((one) => wanted.startsWith(`${one}-`)) ??
    'unknown'
  );
}

/** JSON in a field of text; null if it is none. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
