/**
 * `npm run bench -- shape RECORDS`: what `shape.context` leaves out of recorded requests, in tokens of o200k, and whether
 * the values of their JSON are unchanged. RECORDS has one JSON object with a `request` a line.
 */
import { readFileSync } from 'node:fs';
import { lossless } from '../runtime/src/layers/shape/context/lossless.ts';
import { roughTokens } from '../runtime/src/layers/shape/context/rough-tokens.ts';
import { tabulated } from '../runtime/src/layers/shape/context/tabulate.ts';
import { unescapedJson } from '../runtime/src/layers/shape/context/unescape.ts';
import type { JsonObject } from '../runtime/src/support/json-body.ts';
import { type RequestText, requestTexts } from '../runtime/src/wire/request-texts.ts';
import { countO200k } from '../shared/src/tokens/encode.ts';

const ALL = { minifyJson: true, trimSpace: true, dropRepeats: true };

interface Sum {
  texts: number;
  before: number;
  after: number;
  /** With characters for escapes and records as tables as well. */
  tables: number;
  /** Tokens left out, by the estimate that the ledger uses. */
  estimated: number;
  changedValues: number;
}

export function benchShape([records]: readonly string[]): void {
  if (records === undefined) {
    console.error('usage: npm run bench -- shape RECORDS');
    process.exitCode = 2;
    return;
  }
  const requests = readFileSync(records, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly request?: JsonObject }).request)
    .filter((request) => request !== undefined && request !== null);
  const sums = new Map<string, Sum>();
  const known = new Set<string>();
  for (const request of requests) {
    const seen = new Map();
    for (const one of requestTexts(request)) {
      const shorter = lossless(one.text, ALL, seen);
      for (const kind of kindsOf(one)) add(sums, kind, one.text, shorter);
      if (one.role !== 'tool' || known.has(one.text)) continue;
      known.add(one.text);
      for (const kind of kindsOf(one)) add(sums, `${kind}, each once`, one.text, shorter);
    }
  }
  for (const [name, results] of Object.entries(GENERATED)) {
    for (const text of results) add(sums, `generated: ${name}`, text, lossless(text, ALL, new Map()));
  }
  console.log(
    '\n| texts | number | tokens | without | left out | with tables and characters | left out | estimated | changed values |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [kind, { texts, before, after, tables, estimated, changedValues }] of [...sums].toSorted()) {
    const share = (left: number): string => `${(before === 0 ? 0 : (100 * (before - left)) / before).toFixed(1)}%`;
    const cells = [texts, before, after, share(after), tables, share(tables), estimated, changedValues];
    console.log(`| ${kind} | ${cells.join(' | ')} |`);
  }
}

function add(sums: Map<string, Sum>, kind: string, text: string, shorter: string): void {
  const sum = sums.get(kind) ?? { texts: 0, before: 0, after: 0, tables: 0, estimated: 0, changedValues: 0 };
  sums.set(kind, sum);
  sum.texts++;
  sum.before += countO200k(text);
  sum.after += countO200k(shorter);
  const plain = unescapedJson(shorter);
  sum.tables += countO200k(tabulated(plain));
  if (text !== shorter) sum.estimated += roughTokens(text) - roughTokens(shorter);
  if (!isJson(text) || !isJson(shorter)) return;
  const isSame = tokensOf(text) === tokensOf(shorter) && valuesOf(shorter) === valuesOf(plain);
  if (!isSame) sum.changedValues++;
}

function kindsOf({ role, text }: RequestText): readonly string[] {
  if (role !== 'tool') return ['prompts'];
  if (!isJson(text)) return ['tool results: text'];
  const spacing = /\n/.test(text) ? 'indented' : text.includes('": ') ? 'spaced' : 'compact';
  return ['tool results: JSON', `tool results: JSON, ${spacing}`];
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function valuesOf(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

/** The tokens of a JSON text as they are written, without the space between them. */
function tokensOf(json: string): string {
  return (json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []).join(' ');
}

/** What tools often return, in the two spacings that serialisers use by default. */
const GENERATED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    ['rows of a table', rows()],
    ['a nested record', records()],
    ['rows in Japanese', japaneseRows()],
    ['search results with long texts', searches()],
  ].flatMap(([name, values]) => [
    [`${name}, spaced`, (values as unknown[]).map((value) => spaced(value))],
    [`${name}, indented`, (values as unknown[]).map((value) => JSON.stringify(value, null, 2))],
  ]),
);

/** As Python's `json.dumps` writes it. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/([,[{])\n\s*/g, (_, sign: string) => (sign === ',' ? ', ' : sign))
    .replace(/\n\s*([\]}])/g, '$1')
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function rows(): readonly unknown[] {
  return [1, 2, 3].map((page) =>
    Array.from({ length: 40 }, (_, index) => ({
      id: page * 1000 + index,
      status: ['open', 'paid', 'shipped'][index % 3],
      total: (index * 37) / 4,
      customer: `C-${page}${index}`,
      isGift: index % 7 === 0,
    })),
  );
}

function japaneseRows(): readonly unknown[] {
  return [1, 2, 3].map((page) =>
    Array.from({ length: 20 }, (_, index) => ({ 番号: page * 100 + index, 都市: '京都市', 状態: '発送済み' })),
  );
}

function records(): readonly unknown[] {
  return Array.from({ length: 10 }, (_, index) => ({
    user: {
      id: index,
      name: `User ${index}`,
      address: { street: `${index} High Street`, city: 'York', zip: `YO${index}` },
    },
    orders: [1, 2, 3].map((order) => ({ order, items: [{ sku: `S${order}`, count: order }], paid: true })),
    settings: { theme: 'dark', language: 'en', limits: { daily: 10, monthly: 200 } },
  }));
}

function searches(): readonly unknown[] {
  const text = 'The latest stable release adds a just-in-time compiler and better error messages for imports. ';
  return [2, 5].map((length) =>
    Array.from({ length: 5 }, (_, index) => ({
      url: `https://example.com/${index}`,
      title: `Release notes ${index}`,
      content: text.repeat(length),
      score: 1 - index / 10,
    })),
  );
}
