/**
 * The maximum of a request to rank documents. Its length does not bound it: the query is read again with each document, and
 * Cohere charges by search units.
 */
import { asArray, asString, type Json, type JsonObject } from '../support/json-body.ts';
import type { Maximum } from './codec.ts';

/**
 * Cohere: a search unit is a query with up to 100 documents. "Documents longer than 500 tokens (including the length of the
 * search query) will be split up into multiple chunks, where each chunk counts as a singular document" (cohere.com/pricing).
 */
const DOCUMENTS_PER_UNIT = 100;
const TOKENS_PER_CHUNK = 500;

/** Null if it has no list of documents. No vocabulary has a token shorter than a byte. */
export function rankMaximum({ query, documents }: JsonObject): Maximum | null {
  if (asString(query) === null || !Array.isArray(documents)) return null;
  const asked = sizeOf(query);
  const sizes = asArray(documents).map(sizeOf);
  const perChunk = Math.max(TOKENS_PER_CHUNK - asked, 1);
  const chunks = sizes.reduce((sum, size) => sum + Math.max(Math.ceil(size / perChunk), 1), 0);
  return {
    tokens: sizes.reduce((sum, size) => sum + size + asked, 0),
    fees: { 'search-unit': Math.max(Math.ceil(chunks / DOCUMENTS_PER_UNIT), 1) },
  };
}

/** A text, or an object with several fields, in bytes. */
function sizeOf(value: Json | undefined): number {
  return Buffer.byteLength(asString(value) ?? JSON.stringify(value ?? null));
}
