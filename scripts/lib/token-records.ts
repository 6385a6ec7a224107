/**
 * Recorded calls of providers as features: what a request is made of, counted, beside what was billed for it. A record
 * is one line of JSON with `source` (where it was recorded; what stands in front of the colon is the repository), `api`,
 * `provider`, `model`, `request` (the body as sent), `usage` (as answered) and optionally `model_answered`.
 */
import { readFileSync } from 'node:fs';
import { readPrompt } from '../../server/src/calls/prompt/read.ts';
import { isThinking } from '../../server/src/calls/prompt/reasoning.ts';
import { NO_TOOLS, readAnswerSchema, readTools, toolChoiceOf } from '../../server/src/calls/prompt/tools.ts';
import type { ObjectValue, Value } from '../../server/src/evaluate/values.ts';
import { parsed } from '../../server/src/sdks/fields.ts';
import { countCl100k, countO200k } from '../../shared/src/tokens/encode.ts';
import { lawFor } from '../../shared/src/tokens/laws/index.ts';
import { RENDERINGS, textTokens } from '../../shared/src/tokens/measure.ts';
import { SCRIPTS, textShape } from '../../shared/src/tokens/text-shape.ts';

export interface TokenRecord {
  readonly index: number;
  readonly repository: string;
  readonly provider: string;
  readonly api: string;
  readonly model: string;
  readonly billed: number;
  /** Counts by name: `text.english`, `message.user`, `call`, `tools.json`, ... */
  readonly features: Readonly<Record<string, number>>;
}

/** Records with a bill, in the file's order. */
export function readRecords(path: string): readonly TokenRecord[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line, index) => recordOf(JSON.parse(line), index) ?? []);
}

interface Line {
  readonly source: string;
  readonly api: string;
  readonly provider: string;
  readonly model: string | null;
  readonly model_answered?: string | null;
  readonly request: Record<string, unknown>;
  readonly usage: Record<string, unknown> | null;
}

function recordOf(line: Line, index: number): TokenRecord | null {
  const billed = line.usage === null ? 0 : billedOf(line.usage);
  if (billed <= 0) return null;
  const value = parsed(textOf(JSON.stringify(line.request)));
  if (value.kind !== 'object') return null;
  return {
    index,
    repository: line.source.split(':')[0] ?? '',
    provider: line.provider,
    api: line.api,
    model: (line.model ?? line.model_answered ?? '').toLowerCase(),
    billed,
    features: featuresOf(value, line),
  };
}

function textOf(text: string): Value {
  return { kind: 'text', segments: [{ kind: 'literal', text, origin: null }], origin: null };
}

/** Input in one meaning for all providers: what was read from a cache is part of it. */
function billedOf(usage: Record<string, unknown>): number {
  const at = (key: string): number => (typeof usage[key] === 'number' ? (usage[key] as number) : 0);
  const billedUnits = usage.billed_units as Record<string, unknown> | undefined;
  if (typeof billedUnits?.input_tokens === 'number') return billedUnits.input_tokens;
  const whole = at('prompt_tokens') || at('promptTokenCount') || at('totalTokens') || at('prompt_eval_count');
  if (usage.inputTokens !== undefined)
    return at('inputTokens') + at('cacheReadInputTokens') + at('cacheWriteInputTokens');
  if (whole > 0) return whole;
  return at('input_tokens') + at('cache_read_input_tokens') + at('cache_creation_input_tokens');
}

function featuresOf(body: ObjectValue, { api, model }: Line): Record<string, number> {
  const at = (...paths: readonly string[]): Value | null => {
    for (const path of paths) {
      let value: Value | undefined = body;
      for (const key of path.split('.')) value = value?.kind === 'object' ? value.entries.get(key)?.value : undefined;
      if (value !== undefined && value.kind !== 'null') return value;
    }
    return null;
  };
  const features: Record<string, number> = {};
  const add = (name: string, count: number): void => {
    if (count > 0) features[name] = (features[name] ?? 0) + count;
  };
  const law = lawFor({ provider: 'any', model, api: api === 'openai-responses' ? 'responses' : 'chat.completions' });
  const isCl100k = 'vocabulary' in law.text && law.text.vocabulary === 'cl100k';
  const count = isCl100k ? countCl100k : countO200k;
  const prompt = readPrompt({
    system: at('system', 'instructions', 'systemInstruction', 'system_instruction', 'preamble'),
    messages: at('messages', 'input', 'contents', 'chat_history'),
    prompt: at('prompt', 'message', 'inputText'),
  });
  for (const { segments, opens, speaker, media } of prompt.parts) {
    const text = segments.map((segment) => (segment.kind === 'literal' ? segment.text : '')).join('');
    const shape = textShape(text);
    const tokens = count(text);
    add('text', tokens);
    for (const script of SCRIPTS) add(`text.${script}`, shape.scripts[script] * tokens);
    add('text.estimated', textTokens(law, text).expected);
    add('longWords', shape.longWords);
    add('splitDigits', shape.splitDigits);
    add('symbols', shape.symbols);
    add('lineBreaks', shape.lineBreaks);
    if (opens === 'message') add(`message.${speaker}`, 1);
    else if (opens !== null) add(opens, 1);
    if (media !== null) add(media.kind === 'image' ? 'image' : 'media', 1);
  }
  const toolValue = at('tools', 'toolConfig.tools', 'functions');
  const tools = toolValue === null ? NO_TOOLS : readTools(toolValue);
  if (tools.definitions.length > 0) {
    add('tools', 1);
    add('tools.count', tools.definitions.length);
    add('tools.json', textTokens(law, RENDERINGS.json(tools.definitions)).expected);
    add('tools.declared', count(RENDERINGS.declarations(tools.definitions)));
    add('tools.texts', textTokens(law, RENDERINGS.texts(tools.definitions)).expected);
    const choice = at('tool_choice', 'toolConfig.toolChoice', 'toolConfig.functionCallingConfig.mode');
    if (toolChoiceOf(choice) === 'forced') add('tools.forced', 1);
    if (features['message.system']) add('tools.system', 1);
  }
  if (tools.atProvider.length > 0 || at('mcp_servers', 'web_search_options', 'search_parameters', 'plugins') !== null)
    add('media', 1);
  if (at('previous_response_id', 'conversation', 'prompt.id', 'container', 'cachedContent') !== null) add('media', 1);
  const schemaValue = at(
    'response_format',
    'text.format',
    'output_config.format',
    'output_format',
    'generationConfig.responseSchema',
    'generationConfig.responseJsonSchema',
    'generationConfig.response_json_schema',
    'generationConfig.response_schema',
    'outputConfig.textFormat',
    'format',
  );
  const schema = schemaValue === null ? null : readAnswerSchema(schemaValue);
  if (schema !== null) {
    add('schema', 1);
    add('schema.json', textTokens(law, JSON.stringify(schema.schema)).expected);
  }
  const reasoning = at(
    'thinking',
    'reasoning',
    'additionalModelRequestFields.reasoning_config',
    'additionalModelRequestFields.thinking',
  );
  if (isThinking(reasoning, api === 'anthropic-messages' ? 'messages' : 'chat.completions')) add('thinking', 1);
  return features;
}
