/** What the fake model says: an answer in neutral terms, which a wire format then dresses. */
import { hash } from 'node:crypto';
import type { Ask } from './ask.ts';
import type { CacheUse } from './prompt-cache.ts';
import { instanceOf } from './schema-instance.ts';
import type { Finish, Step } from './script.ts';
import { type Chunk, chunksOf, cut, textOfTokens, tokensOf, tokensOfBytes } from './tokens.ts';
import type { Usage } from './usage.ts';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as it is streamed. */
  readonly arguments: string;
  /** Empty, as are those of the text, where nothing is streamed. */
  readonly chunks: readonly Chunk[];
}

export interface Choice {
  readonly text: string;
  /** Of the text or the refusal. */
  readonly chunks: readonly Chunk[];
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: Finish;
  readonly reasoningTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
}

export interface Generation {
  /** 16 hexadecimal digits that depend on the request only; ids are made from it. */
  readonly id: string;
  readonly model: string;
  readonly choices: readonly Choice[];
  /** What is billed; and reported, unless `reports` says otherwise. */
  readonly usage: Usage;
  /** What is reported in place of the true usage, in the provider's form; undefined for the truth. */
  readonly reports: Step['reports'];
  /** The vector of each input, where the script gives it. */
  readonly embedding: readonly number[] | null;
}

/** `cache` is what the prompt cache found; `earlierTokens` is the conversation that the request continues by its id. */
export function generate(ask: Ask, step: Step, cache: CacheUse, earlierTokens: number): Generation {
  const id = fingerprint(ask);
  const choices = Array.from({ length: ask.choices }, (_, index) => choose(ask, step, id, index));
  const bytes = ask.prompt.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const usage: Usage = {
    inputTokens: tokensOfBytes(bytes) + earlierTokens,
    cachedInputTokens: cache.read,
    cacheWriteTokens: cache.written,
    longCacheWriteTokens: cache.writtenLong,
    outputTokens: choices.reduce((sum, { outputTokens }) => sum + outputTokens, 0),
    reasoningTokens: choices.reduce((sum, { reasoningTokens }) => sum + reasoningTokens, 0),
    ...step.usage,
  };
  const model = step.servedModel ?? ask.model ?? 'unknown';
  return { id, model, choices, usage, reports: step.reports, embedding: step.embedding ?? null };
}

/** The reported usage in a provider's form; undefined, which JSON leaves out, where nothing is reported. */
export function reported(generation: Generation, inForm: (usage: Usage) => unknown, usage = generation.usage): unknown {
  if (generation.reports === undefined) return inForm(usage);
  return generation.reports === 'nothing' ? undefined : generation.reports;
}

/** Neither streaming nor cache markers nor output limits change it, so that an answer does not change with them. */
function fingerprint(ask: Ask): string {
  const said = ask.prompt.map(({ role, text }) => `${role}\0${text}\0`).join('');
  return hash('sha1', `${ask.model}\0${JSON.stringify(ask.steering)}\0${ask.continues}\0${said}`).slice(0, 16);
}

function choose(ask: Ask, step: Step, id: string, index: number): Choice {
  const limit = Math.max(0, ask.outputLimit ?? Number.POSITIVE_INFINITY);
  const reasoningTokens = Math.min(step.reasoningTokens ?? 0, limit);
  const left = limit - reasoningTokens;
  const wanted = wantedTools(ask, step, id, index);
  const toolTokens = wanted.reduce((sum, call) => sum + tokensOf(call.arguments), 0);
  const toolCalls = toolTokens <= left ? wanted : [];
  const whole = step.refusal ?? wantedText(ask, step, id, index, wanted.length > 0, left - toolTokens);
  const text = cut(whole, left - toolTokens);
  const isCut = text !== whole || toolCalls.length < wanted.length;
  const usual: Finish = toolCalls.length > 0 ? 'tool_calls' : step.refusal !== undefined ? 'refusal' : 'stop';
  return {
    text: step.refusal === undefined ? text : '',
    refusal: step.refusal === undefined ? null : text,
    chunks: ask.isStream ? chunksOf(text, step.chunks) : [],
    toolCalls,
    finish: step.finish ?? (isCut || (step.outputTokens ?? 0) > left ? 'length' : usual),
    reasoningTokens,
    outputTokens: reasoningTokens + tokensOf(text) + (toolCalls.length > 0 ? toolTokens : 0),
  };
}

function wantedTools(ask: Ask, step: Step, id: string, index: number): ToolCall[] {
  const isScripted = step.text !== undefined || step.refusal !== undefined || step.outputTokens !== undefined;
  const forced = isScripted || ask.forcedTool === null ? [] : [ask.forcedTool];
  const calls =
    step.toolCalls ?? forced.map(({ name, schema }) => ({ name, arguments: instanceOf(schema), id: undefined }));
  return calls.map((call, position) => {
    const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {});
    return {
      id: call.id ?? `${id}${index}${position}`,
      name: call.name,
      arguments: text,
      chunks: ask.isStream ? chunksOf(text, typeof step.chunks === 'number' ? step.chunks : undefined) : [],
    };
  });
}

function wantedText(ask: Ask, step: Step, id: string, index: number, hasTools: boolean, left: number): string {
  if (typeof step.text === 'string') return step.text;
  if (step.text !== undefined) return step.text[index % step.text.length] ?? '';
  if (step.outputTokens !== undefined) return textOfTokens(Math.max(0, Math.min(step.outputTokens, left)));
  if (hasTools) return '';
  if (ask.schema !== null) return JSON.stringify(instanceOf(ask.schema));
  const question = ask.prompt.at(-1)?.text.slice(0, 40) ?? '';
  return `Answer ${id}${index === 0 ? '' : `-${index + 1}`} to: ${question}`;
}
