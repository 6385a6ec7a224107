/** Completions of a text: OpenAI's older API, which many servers still offer, and prompts stored at a gateway. */
import { asCount, asNumber, asString } from '../../support/json-body.ts';
import { NO_JSON } from '../codec.ts';
import { completionAnswer, completionScanner, completionUsage } from './openai-chunks.ts';
import { deploymentIn, WITHOUT_EFFECT, withStreamUsage } from './openai-common.ts';
import { plainCodec } from './plain.ts';

export const openaiCompletions = plainCodec({
  name: 'openai-completions',
  // `/prompts/ID/completions` of gateways, `/fim/completions` and `/agents/completions` of Mistral.
  path: /\/(?:(?:fim|agents|prompts\/[^/]+)\/)?completions\/?$/,
  withoutEffect: WITHOUT_EFFECT,
  read: (body, path) => {
    const { member } = body;
    // One answer per prompt of a list.
    const prompts = member('prompt');
    const count = Array.isArray(prompts) && typeof prompts[0] !== 'number' ? prompts.length : 1;
    return {
      model: asString(member('model')) ?? deploymentIn(path),
      isStreaming: member('stream') === true,
      // Without a limit the API's default is 16 tokens, and other servers have other defaults.
      outputLimit: asCount(member('max_tokens')),
      choices: Math.max(asCount(member('best_of')) ?? 1, asCount(member('n')) ?? 1) * count,
      temperature: asNumber(member('temperature')),
      hasTools: false,
      tier: asString(member('service_tier')),
      get unbounded() {
        if (body.json === null) return NO_JSON;
        return member('prompt') === undefined && member('messages') === undefined ? ['a stored prompt'] : [];
      },
    };
  },
  withOutputLimit: (body, limit) => ({ ...body, max_tokens: limit }),
  withStreamUsage,
  usage: completionUsage,
  answer: completionAnswer,
  scanner: completionScanner,
});
