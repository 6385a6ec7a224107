/** How much of an answer passed in one event of a stream, for streams that never say what they used. */
import type { SseEvent } from './framing/sse.ts';

/** Members that hold a piece of an answer, in whichever format: text, reasoning, arguments of a tool call. */
const TEXT =
  /"(?:text|content|delta|response|outputText|generation|arguments|partial_json|thinking|reasoning|reasoning_content|refusal|input|transcript)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
/** Events that say again what pieces have said before. */
const REPEATS = /(?:done|added|created|completed|in_progress|stop|start)$/i;

export function passedText({ event, data }: SseEvent): number {
  if (event !== null && REPEATS.test(event)) return 0;
  let characters = 0;
  for (const [, text] of data.matchAll(TEXT)) characters += text?.length ?? 0;
  return characters;
}
