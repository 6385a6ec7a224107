/** Compares what a shadow would have served with the real answer. */
import type { Agreement } from '../../../core/events.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { parseObject } from '../../../support/json-body.ts';
import { contentOf } from '../../../wire/answer-content.ts';
import { canonicalText } from '../../support/canonical.ts';
import { answerOfBytes } from '../entry.ts';
import { readMeta } from '../meta.ts';

interface Answer {
  readonly bytes: Uint8Array;
  readonly meta: string;
}

export function compareAnswers(one: Answer, other: Answer, exchange: Exchange): Agreement {
  const [text, otherText] = [textOf(one, exchange), textOf(other, exchange)];
  if (text === null || otherText === null) return 'unknown';
  if (spaced(text) === spaced(otherText)) return 'same-text';
  const [json, otherJson] = [canonical(text), canonical(otherText)];
  return json !== null && json === otherJson ? 'same-json' : 'different-text';
}

function textOf({ bytes, meta }: Answer, exchange: Exchange): string | null {
  const known = readMeta({ bytes, meta, age: 0 });
  if (known === null || bytes.length === 0) return null;
  const answer = answerOfBytes(bytes, known.delivery, known.usage, exchange);
  const texts = answer === null ? [] : [...contentOf([answer]).texts.values()];
  return texts.length === 0 ? null : texts.join('\n');
}

function canonical(text: string): string | null {
  return parseObject(text) === null ? null : canonicalText(text, NONE);
}

function spaced(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

const NONE: ReadonlySet<string> = new Set();
