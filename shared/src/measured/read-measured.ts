/** Reads `.farthing/measured.json`, which anyone may have written: a file with any mistake is not used at all. */
import { type JsonReader, MalformedData, readerOf } from '../catalogue/json-reader.ts';
import { isExactAmount } from '../money.ts';
import { printable } from '../printable.ts';
import { PROVIDERS, type ProviderName } from '../vocabulary.ts';
import type { MeasuredFile, MeasuredModel, MeasuredPlace, MeasuredSite, MeasuredTokens, Spread } from './measured.ts';

export type ReadMeasured =
  | { readonly file: MeasuredFile; readonly problem: null }
  /** Why the file is not used, without its name. */
  | { readonly file: null; readonly problem: string };

/** More than a project has call sites and a file stays small with. */
const MAX_SITES = 20_000;
const MAX_MODELS = 100;
const MAX_LINES = 1_000;
const MAX_TEXT = 500;

export function readMeasured(text: string): ReadMeasured {
  try {
    return { file: readFile(readerOf(JSON.parse(text.replace(/^\uFEFF/, '')))), problem: null };
  } catch (error) {
    if (error instanceof MalformedData) return { file: null, problem: error.message };
    if (error instanceof SyntaxError) return { file: null, problem: 'it is not JSON' };
    throw error;
  }
}

function readFile(root: JsonReader): MeasuredFile {
  if (root.at('version').value !== 1)
    root.fail(`schema ${String(root.at('version').value).slice(0, 20)} is not known here. Import it again`);
  const prices = root.at('prices');
  return {
    version: 1,
    imported: timeOf(root.at('imported')),
    prices: { source: wordsOf(prices.at('source')), date: prices.at('date').day() },
    sites: limited(root.at('sites'), MAX_SITES).map(readSite),
  };
}

function readSite(site: JsonReader): MeasuredSite {
  const [calls, answered, reused, failed, priced] = (['calls', 'answered', 'reused', 'failed', 'priced'] as const).map(
    (name) => site.at(name).count(),
  ) as [number, number, number, number, number];
  if (answered + reused + failed !== calls || priced > answered) site.fail('its counts contradict each other');
  const perCall = site.at('perCall');
  const spread = (name: string): Spread | null => (perCall.has(name) ? readSpread(perCall.at(name)) : null);
  return {
    call: site.has('call') ? matching(site.at('call'), /^[0-9a-f]{12}$/, 'the id of a call') : null,
    isFeature: site.has('isFeature') && site.at('isFeature').value === true,
    place: site.has('place') ? readPlace(site.at('place')) : null,
    revision: site.has('revision') ? matching(site.at('revision'), /^[0-9a-f]{7,64}$/, 'a commit') : null,
    lines: limited(site.at('lines'), MAX_LINES).map((line) => matching(line, /^[0-9a-f]{12}$/, 'the hash of a line')),
    from: site.has('from') ? timeOf(site.at('from')) : null,
    to: site.has('to') ? timeOf(site.at('to')) : null,
    calls,
    answered,
    reused,
    failed,
    priced,
    cost: amountOf(site.at('cost')),
    tokens: readTokens(site.at('tokens')),
    perCall: { cost: spread('cost'), input: spread('input'), output: spread('output'), latency: spread('latency') },
    models: limited(site.at('models'), MAX_MODELS).map(readModel),
  };
}

function readPlace(place: JsonReader): MeasuredPlace {
  const number = (name: string): number | null => (place.has(name) ? place.at(name).count() : null);
  return {
    path: wordsOf(place.at('path')),
    line: number('line'),
    column: number('column'),
    function: place.has('function') ? wordsOf(place.at('function')) : null,
  };
}

function readTokens(tokens: JsonReader): MeasuredTokens {
  const count = (name: keyof MeasuredTokens): number => tokens.at(name).count();
  return {
    input: count('input'),
    cachedInput: count('cachedInput'),
    cacheWrite: count('cacheWrite'),
    cacheWriteLong: count('cacheWriteLong'),
    output: count('output'),
    reasoning: count('reasoning'),
  };
}

function readSpread(spread: JsonReader): Spread {
  const at = (name: keyof Spread): number => spread.at(name).count();
  const read = { p5: at('p5'), p50: at('p50'), p95: at('p95'), p99: at('p99'), max: at('max') };
  const isOrdered = read.p5 <= read.p50 && read.p50 <= read.p95 && read.p95 <= read.p99 && read.p99 <= read.max;
  return isOrdered ? read : spread.fail('its figures are not in order');
}

function readModel(entry: JsonReader): MeasuredModel {
  const provider = entry.at('provider').text();
  if (!(PROVIDERS as readonly string[]).includes(provider)) entry.at('provider').fail('it is not a provider');
  const count = (name: 'answered' | 'priced' | 'input' | 'output'): number => entry.at(name).count();
  return {
    provider: provider as ProviderName,
    model: wordsOf(entry.at('model')),
    answered: count('answered'),
    priced: count('priced'),
    cost: amountOf(entry.at('cost')),
    input: count('input'),
    output: count('output'),
  };
}

function limited(reader: JsonReader, max: number): readonly JsonReader[] {
  const items = reader.items();
  return items.length <= max ? items : reader.fail(`${items.length} entries are more than ${max}`);
}

function amountOf(reader: JsonReader): number {
  const nanos = reader.count();
  return isExactAmount(nanos) ? nanos : reader.fail('it is above 9 million dollars');
}

/** Names go to terminals and editors, and a long one would fill them. */
function wordsOf(reader: JsonReader): string {
  const text = reader.text();
  return text.length <= MAX_TEXT ? printable(text) : reader.fail(`a text of more than ${MAX_TEXT} characters`);
}

function matching(reader: JsonReader, pattern: RegExp, what: string): string {
  const text = reader.text();
  return pattern.test(text) ? text : reader.fail(`it is not ${what}`);
}

function timeOf(reader: JsonReader): string {
  return matching(reader, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/, 'a time like 2026-12-01T08:00:00.000Z');
}
