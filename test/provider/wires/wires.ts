/** All wire formats, and the one that a path belongs to. */
import { anthropicMessages } from './anthropic.ts';
import { gemini } from './gemini.ts';
import { geminiEmbeddings } from './gemini-embeddings.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { openaiResponses } from './openai-responses.ts';
import type { Route, Wire } from './wire.ts';

const WIRES: readonly Wire[] = [
  openaiChat,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
  gemini,
  geminiEmbeddings,
];

/** In whose form a request is answered that belongs to none. */
export const usualWire: Wire = openaiChat;

export function wireFor(target: string): { readonly wire: Wire; readonly route: Route } | null {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  for (const wire of WIRES) {
    const route = wire.route(path, query);
    if (route !== null) return { wire, route };
  }
  return null;
}
