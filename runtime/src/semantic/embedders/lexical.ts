/**
 * Vectors of words and their parts, without a model: questions with the same words are near. The words are those that the
 * judge compares, so whatever it accepts is near.
 */
import { detectLanguage } from '../judge/detect-language.ts';
import { framesOf } from '../judge/frames.ts';
import type { Embedder } from './embedder.ts';

const DIMENSION = 512;
const MAX_CHARACTERS = 2000;

export function lexicalEmbedder(): Embedder {
  return { name: 'farthing lexical 1', embed: async (texts) => texts.map(lexicalVector) };
}

/** Of length 512; not normalised. */
export function lexicalVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSION);
  const words = wordsOf(text.slice(0, MAX_CHARACTERS));
  for (const word of words) {
    add(vector, word, 1);
    // Other forms of a word share most of its parts.
    for (let at = 0; at + 3 <= word.length; at++) add(vector, `~${word.slice(at, at + 3)}`, 0.5);
  }
  // A text without words still has a direction.
  add(vector, '', 0.01);
  return vector;
}

function wordsOf(text: string): readonly string[] {
  const language = detectLanguage(text);
  if (language === null) return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return framesOf(text, language).flatMap(({ kind, tokens }) => [kind, ...tokens.map(({ key }) => key.toLowerCase())]);
}

/** Adds to the place, and with the sign, that the hash of a part names. */
function add(vector: Float32Array, part: string, weight: number): void {
  const hash = fnv1a(part);
  const place = hash % DIMENSION;
  vector[place] = (vector[place] as number) + (hash & 0x80000000 ? -weight : weight);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
