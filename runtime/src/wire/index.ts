/** All wire formats. The first one that matches a path is used, so narrower ones come before wider ones. */
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

/** Null if the runtime does not understand the request's format: it is then passed through unchanged. */
export function codecOf(path: string): Codec | null {
  return CODECS.find((codec) => codec.matches(path)) ?? null;
}

/** The error format of a provider, for requests in an unknown format. */
export function errorCodecOf(provider: ProviderName): Codec {
  if (provider === 'anthropic') return anthropicMessages;
  return provider === 'google' || provider === 'google-vertex' ? gemini : openaiChat;
}
