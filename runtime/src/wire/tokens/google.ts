/** Google's counts: those of Gemini's generateContent and embeddings, and of its interactions. */
import { asArray, asObject, type JsonObject } from '../../support/json-body.ts';
import { inputUsage, type Usage } from '../usage.ts';
import { countOf, countOrAbsent, countWhere, modality, usageOf } from './counts.ts';

/** `usageMetadata`: the prompt includes cached tokens; thoughts and results of tools are counted separately. */
export function geminiUsage(usage: JsonObject | null): Usage | null {
  const prompt = countOf(usage?.promptTokenCount);
  if (usage === null || prompt === null) return null;
  const used = countOf(usage.toolUsePromptTokenCount) ?? 0;
  const candidates = countOrAbsent(usage.candidatesTokenCount ?? usage.responseTokenCount);
  if (candidates === null) return null;
  const reasoning = countOf(usage.thoughtsTokenCount);
  const inputs = [
    ...asArray(usage.promptTokensDetails ?? usage.promptTokenDetails),
    ...asArray(usage.toolUsePromptTokensDetails),
  ];
  const outputs = usage.candidatesTokensDetails ?? usage.responseTokensDetails;
  return usageOf({
    input: prompt + used,
    output: candidates + (reasoning ?? 0),
    cached: countOf(usage.cachedContentTokenCount),
    reasoning,
    audioInput: modality(inputs, 'AUDIO'),
    imageInput: modality(inputs, 'IMAGE'),
    videoInput: modality(inputs, 'VIDEO'),
    cachedAudioInput: modality(usage.cacheTokensDetails, 'AUDIO'),
    cachedImageInput: modality(usage.cacheTokensDetails, 'IMAGE'),
    audioOutput: modality(outputs, 'AUDIO'),
    imageOutput: modality(outputs, 'IMAGE'),
    videoOutput: modality(outputs, 'VIDEO'),
  });
}

/** Vertex's older `:predict` counts each text that it embeds. */
export function predictUsage({ predictions }: JsonObject): Usage | null {
  const list = asArray(predictions).map(asObject);
  let sum: number | null = null;
  for (const prediction of list) {
    const statistics = asObject(asObject(prediction?.embeddings)?.statistics);
    const count = countOf(statistics?.token_count);
    if (count !== null) sum = (sum ?? 0) + count;
  }
  if (sum !== null) return inputUsage(sum);
  const images = countWhere(predictions, (prediction) => prediction.bytesBase64Encoded !== undefined);
  return images === 0 ? null : usageOf({ input: 0, output: 0, fees: { image: images } });
}

/** `usage` of an interaction: thoughts are not part of the output. */
export function interactionUsage(usage: JsonObject | null): Usage | null {
  const prompt = countOf(usage?.total_input_tokens);
  if (usage === null || prompt === null) return null;
  const output = countOrAbsent(usage.total_output_tokens);
  if (output === null) return null;
  const reasoning = countOf(usage.total_thought_tokens);
  const inputs = usage.input_tokens_by_modality;
  const outputs = usage.output_tokens_by_modality;
  return usageOf({
    input: prompt + (countOf(usage.total_tool_use_tokens) ?? 0),
    output: output + (reasoning ?? 0),
    cached: countOf(usage.total_cached_tokens),
    reasoning,
    audioInput: modality(inputs, 'AUDIO'),
    imageInput: modality(inputs, 'IMAGE'),
    videoInput: modality(inputs, 'VIDEO'),
    audioOutput: modality(outputs, 'AUDIO'),
    imageOutput: modality(outputs, 'IMAGE'),
    videoOutput: modality(outputs, 'VIDEO'),
  });
}
