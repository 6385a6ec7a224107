/**
 * Shortens a long result of a tool to the passages that answer what was asked. Its beginning and its end stay, each gap
 * says how much is left out, and JSON stays JSON.
 */
import { elementsOf, OPEN_ARRAY, OPEN_OBJECT, outlineOf, QUOTE } from '../../../support/json-members.ts';
import { bm25 } from './bm25.ts';
import { roughTokens } from './rough-tokens.ts';
import { segmentsOf } from './segments.ts';

/** Shares of the limit for the beginning and the end; the rest goes to what answers best. */
const HEAD = 0.25;
const TAIL = 0.15;

interface Passage {
  readonly text: string;
  readonly tokens: number;
  /** True for what must not be left out. */
  readonly isExact: boolean;
}

/**
 * @param query what was asked: only what stands before the result, so that it stays the same in later requests
 * @param limit tokens, roughly
 */
export function extract(text: string, query: string, limit: number): string {
  if (roughTokens(text) <= limit) return text;
  return isJson(text) ? ofJson(text.trim(), query, limit) : ofText(text, query, limit);
}

function ofText(text: string, query: string, limit: number): string {
  const passages = segmentsOf(text).flatMap(({ kind, text: part }): readonly Passage[] =>
    kind === 'exact' ? [passage(part, true)] : linesOf(part).map((line) => passage(line, false)),
  );
  const kept = choose(passages, query, limit);
  let result = '';
  let left = 0;
  const closeGap = (): void => {
    if (left > 0) result += `[${left} ${left === 1 ? 'passage' : 'passages'} left out]\n`;
    left = 0;
  };
  passages.forEach(({ text: part }, index) => {
    if (!kept.has(index)) {
      left++;
      return;
    }
    closeGap();
    result += part;
  });
  closeGap();
  return result.length < text.length ? result : text;
}

/** Lines with their ends; a line without one, such as minified text, is divided into sentences. */
function linesOf(text: string): readonly string[] {
  const lines = text.match(/[^\n]*\n+|[^\n]+$/g) ?? [];
  return lines.flatMap((line) =>
    line.length > 2000 ? (line.match(/[\s\S]{1,400}?(?:[.!?;]\s+|$)|[\s\S]{1,400}/g) ?? [line]) : [line],
  );
}

function passage(text: string, isExact: boolean): Passage {
  return { text, tokens: roughTokens(text), isExact };
}

/** The places of the passages that stay. */
function choose(passages: readonly Passage[], query: string, limit: number): ReadonlySet<number> {
  const kept = new Set<number>();
  let rest = limit;
  const keep = (index: number): void => {
    if (kept.has(index)) return;
    kept.add(index);
    rest -= passages[index]?.tokens ?? 0;
  };
  passages.forEach(({ isExact }, index) => {
    if (isExact) keep(index);
  });
  const fill = (order: readonly number[], share: number): void => {
    let room = Math.min(rest, limit * share);
    for (const index of order) {
      const { tokens } = passages[index] as Passage;
      if (kept.has(index)) continue;
      if (tokens > room) return;
      room -= tokens;
      keep(index);
    }
  };
  const places = passages.map((_, index) => index);
  fill(places, HEAD);
  fill(places.toReversed(), TAIL);
  const scores = bm25(
    query,
    passages.map(({ text }) => text),
  );
  // Of equal passages the earlier one is kept.
  for (const index of places.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))) {
    if (!kept.has(index) && (passages[index]?.tokens ?? 0) <= rest) keep(index);
  }
  return kept;
}

function ofJson(text: string, query: string, limit: number): string {
  if (roughTokens(text) <= limit) return text;
  const sign = text.charCodeAt(0);
  if (sign === OPEN_ARRAY) return ofArray(text, query, limit);
  if (sign === OPEN_OBJECT) return ofObject(text, query, limit);
  if (sign !== QUOTE) return text;
  const shorter = JSON.stringify(ofText(JSON.parse(text) as string, query, limit));
  return shorter.length < text.length ? shorter : text;
}

function ofArray(text: string, query: string, limit: number): string {
  const elements = elementsOf(text)?.map(({ from, to }) => text.slice(from, to)) ?? [];
  // Elements that would leave no room for others are shortened themselves.
  const each = Math.max(limit / Math.min(Math.max(elements.length, 1), 4), 1);
  const passages = elements.map((element) => passage(ofJson(element, query, each), false));
  const kept = choose(passages, query, limit);
  const result: string[] = [];
  let left = 0;
  const closeGap = (): void => {
    if (left > 0) result.push(JSON.stringify(`[${left} of ${elements.length} left out]`));
    left = 0;
  };
  passages.forEach(({ text: element }, index) => {
    if (!kept.has(index)) {
      left++;
      return;
    }
    closeGap();
    result.push(element);
  });
  closeGap();
  const shorter = `[${result.join(',')}]`;
  return shorter.length < text.length ? shorter : text;
}

/** Members stay; the long ones share what the short ones leave. */
function ofObject(text: string, query: string, limit: number): string {
  const outline = outlineOf(text);
  if (outline === null) return text;
  const members = [...outline].map(([name, { from, to }]) => {
    const value = text.slice(from, to);
    return { name, value, tokens: roughTokens(value) };
  });
  const fair = limit / Math.max(members.length, 1);
  const short = members.reduce((sum, { tokens }) => sum + (tokens <= fair ? tokens : 0), 0);
  const long = members.filter(({ tokens }) => tokens > fair);
  const rest = Math.max(limit - short, fair);
  const total = long.reduce((sum, { tokens }) => sum + tokens, 0);
  const parts = members.map(({ name, value, tokens }) => {
    const shorter = tokens <= fair ? value : ofJson(value, query, Math.max((rest * tokens) / total, 1));
    return `${JSON.stringify(name)}:${shorter}`;
  });
  const shorter = `{${parts.join(',')}}`;
  return shorter.length < text.length ? shorter : text;
}

function isJson(text: string): boolean {
  const sign = text.trimStart().charCodeAt(0);
  if (sign !== OPEN_ARRAY && sign !== OPEN_OBJECT) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
