/** Edits as a person makes them, drawn with a fixed seed: half of them leave code that does not parse. */

export interface Edit {
  /** Offsets in the text before. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Numbers from 0 up to 1, always the same for one seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[below(values.length, random)];
  if (value === undefined) throw new Error('there is nothing to pick from');
  return value;
}

export function applyEdit(text: string, { start, end, text: inserted }: Edit): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** What takes `edit` back in the text that it was made in. */
export function inverseOf(text: string, { start, end, text: inserted }: Edit): Edit {
  return { start, end: start + inserted.length, text: text.slice(start, end) };
}

const UNFINISHED = [
  '(',
  '{',
  '[',
  '"',
  "'",
  '`',
  '${',
  '"""',
  ' = ',
  '.',
  ',',
  '=>',
  '\\',
  '🪑(',
  ')',
  '}',
  ']',
  '<',
  ':',
];

/** An opened bracket, a torn line, a statement that stops in the middle. */
export function breakingEdit(text: string, random: () => number): Edit {
  const at = below(text.length + 1, random);
  const kind = random();
  if (kind < 0.5) return { start: at, end: at, text: pick(UNFINISHED, random) };
  if (kind < 0.8) return { start: at, end: Math.min(text.length, at + 1 + below(40, random)), text: '' };
  const line = lineAround(text, at);
  const half = text.slice(line.start, line.start + Math.ceil((line.end - line.start) / 2));
  return { start: line.end, end: line.end, text: `\n${half}` };
}

const NUMBERS = ['1', '5', '16', '400', '4096', '128_000'];
const MODELS = [
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-4-turbo',
  'gpt-6.1-terra',
  'claude-sonnet-5',
  'claude-haiku-5-5',
  // In no price table, and replaced by another one in its turn.
  'gpt-0-none',
];
const MODEL_NAME = /(?<=["'])(?:gpt|claude)-[\w.-]+(?=["'])/g;
/** Between two words of a text in quotes that begins as a sentence. */
const PROSE = /(?<=["'`][A-Z][^"'`\n]*) (?=[a-z]+ [a-z])/g;
const WORDS = ['please ', 'été ', '🪑 ', 'yes or no ', '</b>'];

/** Another model, another limit, another word in a text, a comment on a separate line. */
export function soundEdit(text: string, comment: string, random: () => number): Edit {
  const kind = random();
  if (kind < 0.3) return replaceOne(text, MODEL_NAME, MODELS, random);
  if (kind < 0.5) return replaceOne(text, /(?<=[=:<] ?)\d[\d_]*(?![\w.])/g, NUMBERS, random);
  if (kind < 0.8) return insertBefore(text, PROSE, pick(WORDS, random), random);
  const { start } = lineAround(text, below(text.length + 1, random));
  return { start, end: start, text: `${comment} ${pick(WORDS, random)}\n` };
}

function replaceOne(text: string, what: RegExp, by: readonly string[], random: () => number): Edit {
  const found = [...text.matchAll(what)];
  if (found.length === 0) return { start: text.length, end: text.length, text: '\n' };
  const match = pick(found, random);
  return { start: match.index, end: match.index + match[0].length, text: pick(by, random) };
}

function insertBefore(text: string, where: RegExp, inserted: string, random: () => number): Edit {
  const { start } = replaceOne(text, where, [''], random);
  return { start, end: start, text: inserted };
}

function lineAround(text: string, at: number): { readonly start: number; readonly end: number } {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? text.length : end };
}
