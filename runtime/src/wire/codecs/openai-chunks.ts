/** Answers of chat completions and of the older completions: whole, and chunk by chunk. */
import { asArray, asObject, asString, type JsonObject, parseObject } from '../../support/json-body.ts';
import { type AnswerFacts, NO_ANSWER, type StreamScanner, worstFinish } from '../codec.ts';
import { statedCost } from '../stated-cost.ts';
import { countWhere, withFees } from '../tokens/counts.ts';
import { openaiUsage } from '../tokens/openai.ts';
import { readUsage } from '../tokens/read-usage.ts';
import type { Usage } from '../usage.ts';

export function completionUsage(answer: JsonObject): Usage | null {
  const usage = openaiUsage(asObject(answer.usage)) ?? readUsage(answer) ?? usageInChoice(answer);
  return usage === null ? null : withFees(usage, toolsOf(answer));
}

/** Moonshot's streams have the usage in the last choice. */
function usageInChoice({ choices }: JsonObject): Usage | null {
  const usages = asArray(choices).map((choice) => asObject(asObject(choice)?.usage));
  return openaiUsage(usages.find((usage) => usage !== null) ?? null);
}

export function completionAnswer(answer: JsonObject): AnswerFacts {
  return {
    servedModel: asString(answer.model),
    servedTier: asString(answer.service_tier) ?? asString(asObject(answer.usage)?.service_tier),
    statedCost: statedCost(answer),
    finish: worstFinish(
      asArray(answer.choices).map((item) => {
        const choice = asObject(item);
        return finishOf(choice?.finish_reason, messageOf(choice)?.refusal);
      }),
    ),
  };
}

/** Most chunks are a few characters of text: only those with more are parsed. */
const TELLING =
  /"(?:usage|error)"\s*:\s*\{|"(?:finish_reason|refusal)"\s*:\s*"|"(?:annotations|executed_tools)"\s*:\s*\[\s*\{/;

export function completionScanner(): StreamScanner {
  let usage: Usage | null = null;
  let tools = NO_TOOLS;
  let facts: AnswerFacts = NO_ANSWER;
  let isEnded = false;
  let isFailed = false;
  const finishes: AnswerFacts['finish'][] = [];
  return {
    push: ({ event: name, data }) => {
      if (name === 'error') isFailed = true;
      if (data === '[DONE]') {
        isEnded = true;
        return;
      }
      const event = facts.servedModel === null || TELLING.test(data) ? parseObject(data) : null;
      if (event === null) return;
      if (asObject(event.error) !== null) isFailed = true;
      const { servedModel, servedTier, statedCost: cost } = completionAnswer(event);
      usage = completionUsage(event) ?? usage;
      facts = {
        ...facts,
        servedModel: facts.servedModel ?? servedModel,
        servedTier: servedTier ?? facts.servedTier,
        statedCost: cost ?? facts.statedCost,
      };
      tools = more(tools, toolsOf(event));
      for (const item of asArray(event.choices)) {
        const choice = asObject(item);
        const refusal = messageOf(choice)?.refusal;
        if (asString(choice?.finish_reason) !== null || asString(refusal) !== null) {
          finishes.push(finishOf(choice?.finish_reason, refusal));
        }
      }
    },
    isEnded: () => isEnded,
    isFailed: () => isFailed,
    usage: () => (usage === null ? null : withFees(usage, tools)),
    usageSoFar: () => usage,
    answer: () => ({ ...facts, finish: worstFinish(finishes) }),
  };
}

type Tools = Readonly<Partial<Record<'web-search' | 'tool-call', number>>>;
const NO_TOOLS: Tools = {};

/** An answer that cites pages is based on a search; Groq lists what its server ran. */
function toolsOf({ choices }: JsonObject): Tools {
  let pages = 0;
  let executed = 0;
  for (const choice of asArray(choices)) {
    const message = messageOf(asObject(choice));
    pages += countWhere(message?.annotations, ({ type }) => type === 'url_citation');
    executed += countWhere(message?.executed_tools, () => true);
  }
  if (pages === 0 && executed === 0) return NO_TOOLS;
  return { ...(pages > 0 && { 'web-search': 1 }), ...(executed > 0 && { 'tool-call': executed }) };
}

function more(tools: Tools, next: Tools): Tools {
  return next === NO_TOOLS ? tools : { ...tools, ...next };
}

function messageOf(choice: JsonObject | null | undefined): JsonObject | null {
  return asObject(choice?.message) ?? asObject(choice?.delta);
}

function finishOf(reason: unknown, refusal: unknown): AnswerFacts['finish'] {
  if (asString(refusal)) return 'refused';
  switch (reason) {
    case 'stop':
    case 'eos':
      return 'complete';
    case 'length':
      return 'truncated';
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    case 'content_filter':
      return 'refused';
    default:
      return 'unknown';
  }
}
