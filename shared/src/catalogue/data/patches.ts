/** The patch data of all providers, and the latest date on which any of it was checked. */
import type { ProviderPatch } from '../patch.ts';
import { anthropic } from './anthropic.ts';
import { google } from './google.ts';
import { openai } from './openai.ts';
import {
  alibaba,
  bedrock,
  cerebras,
  cohere,
  deepgram,
  deepseek,
  elevenlabs,
  groq,
  mistral,
  perplexity,
  together,
  voyage,
  watsonx,
  writer,
  xai,
  zai,
} from './others.ts';

export const PATCHES: readonly ProviderPatch[] = [
  openai,
  anthropic,
  google,
  mistral,
  deepseek,
  groq,
  cohere,
  xai,
  perplexity,
  voyage,
  alibaba,
  zai,
  writer,
  bedrock,
  together,
  watsonx,
  cerebras,
  deepgram,
  elevenlabs,
];
export const PATCH_DATE = '2026-11-29';
