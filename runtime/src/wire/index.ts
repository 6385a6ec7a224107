/** All wire formats. The first that matches a path holds, so that a narrower one stands before a wider one. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { Codec } from './codec.ts';
import { anthropicMessages } from './codecs/anthropic-messages.ts';
import { bedrockConverse, bedrockInvoke } from './codecs/bedrock.ts';
import { cohereChat, cohereEmbed, rerank } from './codecs/cohere.ts';
import { gemini } from './codecs/gemini.ts';
import { geminiEmbeddings } from './codecs/gemini-embeddings.ts';
import { geminiInteractions } from './codecs/gemini-interactions.ts';
import { ollamaChat, ollamaEmbed } from './codecs/ollama.ts';
import { openaiChat } from './codecs/openai-chat.ts';
import { openaiCompletions } from './codecs/openai-completions.ts';
import { openaiEmbeddings } from './codecs/openai-embeddings.ts';
import { openaiResponses } from './codecs/openai-responses.ts';
import { tokenCounts } from './codecs/token-counts.ts';

const CODECS: readonly Codec[] = [
  tokenCounts,
  openaiChat,
  openaiResponses,
  anthropicMessages,
  ollamaEmbed,
  openaiEmbeddings,
  gemini,
  geminiEmbeddings,
  geminiInteractions,
  bedrockConverse,
  bedrockInvoke,
  ollamaChat,
  cohereChat,
  cohereEmbed,
  rerank,
  openaiCompletions,
];

/** Null where the request is in no format that the runtime understands: it is then passed through as it is. */
export function codecOf(path: string): Codec | null {
  return CODECS.find((codec) => codec.matches(path)) ?? null;
}

/** The format in which a provider says its errors, for requests that are in no known one. */
export function errorCodecOf(provider: ProviderName): Codec {
  if (provider === 'anthropic') return anthropicMessages;
  return provider === 'google' || provider === 'google-vertex' ? gemini : openaiChat;
}
