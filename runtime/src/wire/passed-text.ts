/** How much of an answer passed in one event of a stream, for streams that never report their usage. */
import type { SseEvent } from './framing/sse.ts';

/** Members that contain a piece of an answer, in any format: text, reasoning, arguments of a tool call. */
const TEXT =
  /"(?:text|content|delta|response|outputText|generation|arguments|partial_json|thinking|reasoning|reasoning_content|refusal|input|transcript)"\s*:\s*"/g;
/** Events that repeat what earlier pieces contained. */
const REPEATS = /(?:done|added|created|completed|in_progress|stop|start)$/i;

export function passedText({ event, data }: SseEvent): number {
  if (event !== null && REPEATS.test(event)) return 0;
  let characters = 0;
  TEXT.lastIndex = 0;
  while (TEXT.test(data)) {
    const from = TEXT.lastIndex;
    characters += endOfString(data, from) - from;
  }
  return characters;
}

/** The end of the string whose text begins here. The engine searches long texts, which is faster than a loop. */
function endOfString(data: string, from: number): number {
  for (let at = data.indexOf('"', from); at >= 0; at = data.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - 1 - backslashes >= from && data[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return data.length;
}
