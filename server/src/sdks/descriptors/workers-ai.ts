/**
 * Cloudflare's Workers AI: a binding that the platform gives a worker (`env.AI`), so that no import shows it.
 * https://developers.cloudflare.com/workers-ai/configuration/bindings/
 */
import type { CallDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods } from './shapes.ts';

const TEXT: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['model', '...', 'options'],
  roles: {
    model: ['model'],
    // Models that follow the Responses API have `input` and `instructions`.
    messages: ['messages', 'input'],
    prompt: ['prompt'],
    system: ['instructions'],
    outputLimit: ['max_tokens', 'max_completion_tokens', 'max_output_tokens'],
    tools: ['tools'],
    stream: ['stream'],
    schema: ['response_format'],
  },
};
const EMBEDDING: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: TEXT.positional ?? [],
  roles: { model: ['model'], prompt: ['text'] },
  answers: 'data',
  streaming: false,
};
const TRANSCRIBE: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  positional: TEXT.positional ?? [],
  roles: { model: ['model'], prompt: ['audio'] },
  streaming: false,
};
const SPEAK: CallDescriptor = {
  ...TRANSCRIBE,
  api: 'audio.speech',
  roles: { model: ['model'], prompt: ['text', 'prompt'] },
};
const IMAGE: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: TEXT.positional ?? [],
  roles: { model: ['model'], prompt: ['prompt'] },
  streaming: false,
};

/** Only Cloudflare names models like this. */
const MODELS = ['@cf/', '@hf/'];
const IMAGE_MODELS = ['black-forest-labs/', 'stabilityai/', 'bytedance/', 'lykon/', 'runwayml/', 'leonardo/'].map(
  (maker) => `@cf/${maker}`,
);
/** The first that fits counts: by the model and by what it is given, of which `env.AI.run(model, input)` shows neither. */
const KINDS: readonly CallDescriptor[] = [
  { ...IMAGE, evidence: ['model'], modelNames: IMAGE_MODELS },
  { ...SPEAK, evidence: ['model'], modelNames: ['@cf/deepgram/aura', '@cf/myshell-ai/'] },
  { ...TRANSCRIBE, evidence: ['model'], modelNames: ['@cf/deepgram/', '@cf/openai/whisper'] },
  { ...EMBEDDING, evidence: ['prompt'], modelNames: MODELS },
  { ...TEXT, evidence: ['model'], modelNames: MODELS },
];
const BINDING: CallDescriptor = { ...TEXT, distinctive: 'always', evidence: ['model'], receivers: ['env', 'bindings'] };

export const workersAi: SdkDescriptor = {
  name: 'workers-ai',
  provider: 'cloudflare',
  modules: ['@cloudflare/ai'],
  exports: { Ai: { creates: 'Ai' } },
  types: {
    Ai: { methods: methods(TEXT, ['run']) },
    ...Object.fromEntries(
      KINDS.map((kind) => [kind.api, { methods: methods({ ...kind, distinctive: 'always' }, ['AI.run', 'run']) }]),
    ),
    Binding: { methods: methods(BINDING, ['AI.run']) },
  },
  words: { imports: ['@cloudflare/ai'], methods: ['@cf/', '@hf/', 'AI.run'] },
  markers: ['@[ch]f/\\w', '\\bAI\\.run\\('],
};
