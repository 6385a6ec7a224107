/**
 * What the provider is told to do. A step is plain data, so that it can be sent to a provider in another process.
 *
 *     provider.script({ model: 'gpt-6-luna' }, [{ error: { status: 429, retryAfter: 1 } }, { text: 'Yes.' }]);
 */
import type { IncomingHttpHeaders } from 'node:http';
import { type Ask, promptText } from './ask.ts';
import type { Usage } from './usage.ts';

export interface Step {
  /** The answer; a list has one text for each of `n` choices. Without it the answer depends on the request only. */
  readonly text?: string | readonly string[];
  /** A generated answer of this many tokens, or up to the request's output limit. */
  readonly outputTokens?: number;
  /** Tokens of reasoning before the answer; they count against the output limit. */
  readonly reasoningTokens?: number;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: unknown; readonly id?: string }[];
  readonly refusal?: string;
  readonly finish?: Finish;
  /** The vector of each input, for embeddings. */
  readonly embedding?: readonly number[];
  /** The model that says it answered, where it is not the one that was asked. */
  readonly servedModel?: string;
  /** What is billed and reported, in place of what the token rule gives. */
  readonly usage?: Partial<Usage>;
  /** What is reported, in the provider's own form, while the bill stays true: a lie, or nothing at all. */
  readonly reports?: 'nothing' | Readonly<Record<string, unknown>>;

  /** Milliseconds before the first byte, headers included, and between two chunks of a stream. */
  readonly delayMs?: number;
  readonly chunkDelayMs?: number;
  /** Where the answer waits until the test calls `release`: how a test has calls open for as long as it needs them. */
  readonly hold?: Place;
  /** In how many chunks each choice is streamed, or the chunks themselves. */
  readonly chunks?: number | readonly string[];

  /** An answer with an error status, in the provider's own error body. */
  readonly error?: ScriptedError;
  /** What goes wrong while the answer is sent. */
  readonly fault?: Fault;
  /** A body as it is, in place of the answer: garbage, HTML, or the answer of an endpoint that is not spoken here. */
  readonly body?: ScriptedBody;
  readonly contentType?: string;
  readonly encoding?: 'gzip' | 'deflate' | 'br';
  readonly headers?: Readonly<Record<string, string>>;
}

export type Finish = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'refusal';

export interface ScriptedError {
  readonly status: number;
  readonly message?: string;
  /** Seconds for `retry-after`, and milliseconds for `retry-after-ms`. */
  readonly retryAfter?: number;
  readonly retryAfterMs?: number;
}

/** A place in an answer: before anything is sent, after the headers, or after so many events of a stream, bytes of a body. */
export type Place = 'start' | 'headers' | 'middle' | number;

/** `cut` ends the answer there as if it were whole. */
export interface Fault {
  readonly kind: 'stall' | 'disconnect' | 'cut' | 'error';
  readonly at: Place;
  /** For `error`, which is an error event inside a stream. */
  readonly status?: number;
  readonly message?: string;
}

export interface ScriptedBody {
  readonly content: string;
  /** `base64` for bytes that are not text. */
  readonly form?: 'text' | 'base64';
  readonly status?: number;
}

/** Which requests a script is for: all that is given has to hold. Texts are looked for as parts. */
export interface Match {
  /** The name of a wire format, as `openai-chat`. */
  readonly wire?: string;
  readonly path?: string;
  readonly model?: string;
  readonly text?: string;
  readonly isStream?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as scripts see it. */
export interface Call {
  readonly wire: string | null;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly ask: Ask | null;
}

export type Predicate = (call: Call) => boolean;

interface Script {
  readonly isFor: Predicate;
  readonly steps: Step[];
  readonly always: Step | null;
}

/** The first script in order that is for a request and has a step left gives that step. */
export class Scripts {
  readonly #scripts: Script[] = [];

  /** A list of steps is used up, one a request; a single step holds for every request. */
  add(match: Match | Predicate, steps: Step | readonly Step[]): void {
    const isFor = typeof match === 'function' ? match : (call: Call) => matches(match, call);
    this.#scripts.push(
      isList(steps) ? { isFor, steps: [...steps], always: null } : { isFor, steps: [], always: steps },
    );
  }

  next(call: Call): Step {
    for (const script of this.#scripts) {
      if ((script.steps.length === 0 && script.always === null) || !script.isFor(call)) continue;
      return script.steps.shift() ?? script.always ?? {};
    }
    return {};
  }

  /** Steps of lists that no request has used yet. */
  get left(): number {
    return this.#scripts.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  clear(): void {
    this.#scripts.length = 0;
  }
}

function isList(steps: Step | readonly Step[]): steps is readonly Step[] {
  return Array.isArray(steps);
}

function matches(match: Match, { wire, path, headers, ask }: Call): boolean {
  if (match.wire !== undefined && match.wire !== wire) return false;
  if (match.path !== undefined && !path.includes(match.path)) return false;
  if (match.model !== undefined && match.model !== ask?.model) return false;
  if (match.isStream !== undefined && match.isStream !== ask?.isStream) return false;
  if (match.text !== undefined && (ask === null || !promptText(ask).includes(match.text))) return false;
  return Object.entries(match.headers ?? {}).every(([name, part]) =>
    String(headers[name.toLowerCase()] ?? '').includes(part),
  );
}
