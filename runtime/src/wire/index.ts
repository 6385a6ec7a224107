/** All wire formats. */
import { anthropicMessages } from './anthropic-messages.ts';
import type { Codec } from './codec.ts';
import { gemini } from './gemini.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { openaiResponses } from './openai-responses.ts';

const CODECS: readonly Codec[] = [openaiChat, openaiResponses, anthropicMessages, openaiEmbeddings, gemini];

/** Null where the request is in no format that the runtime understands: it is then passed through as it is. */
export function codecOf(path: string): Codec | null {
  return CODECS.find((codec) => codec.matches(path)) ?? null;
}
