/**
 * What a model's name says beyond its price: the tokenizer and the kind of model. The first pattern that matches
 * applies. A name that matches none has the tokenizer `unknown` and is a text model.
 */
import type { Model, RateName, TokenizerFamily } from '../catalogue.ts';

export const TOKENIZER_PATTERNS: readonly (readonly [RegExp, TokenizerFamily])[] = [
  // Anthropic documents the newer tokenizer for Opus 4.7 and later, Sonnet 5 and Fable 5; later models are assumed to
  // keep it.
  [/claude-(?:opus-(?:4[-.][7-9]|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable)/, 'claude-2026'],
  [/claude/, 'claude'],
  [/gemini|gemma/, 'gemini'],
  // A model that was distilled into another one has the tokenizer of the latter.
  [/distill-llama/, 'llama'],
  [/deepseek/, 'deepseek'],
  [/llama|nemotron/, 'llama'],
  [/mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|voxtral/, 'mistral'],
  [/gpt-oss|gpt-4o|gpt-4\.[1-9]|gpt-4-[1-9]-|gpt-[5-9]|chatgpt-4o|\bo[1-9](?:-|$)|gpt-audio|gpt-realtime/, 'o200k'],
  [/gpt-4|gpt-3\.?5|text-embedding-(?:3|ada)|davinci-002|babbage-002/, 'cl100k'],
];

export const FAMILY_PATTERNS: readonly (readonly [RegExp, Model['family']])[] = [
  [/moderation|llama-guard|safeguard/i, 'moderation'],
  [/rerank/i, 'rerank'],
  [/embed|^voyage|bge-|e5-/i, 'embedding'],
  [/whisper|transcribe|tts|audio|realtime|voice|voxtral|sonic|-live/i, 'audio'],
  [/image|dall-e|imagen|flux|stable-diffusion|veo|sora/i, 'image'],
];

/** Models whose output is not text and that are listed with one output rate: it applies to this kind. */
export const OUTPUT_KINDS: readonly (readonly [RegExp, RateName])[] = [
  [/\btts\b/, 'audioOutput'],
  [/gpt-image/, 'imageOutput'],
];
