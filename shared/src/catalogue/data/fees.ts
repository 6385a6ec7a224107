/**
 * Fees per use, in addition to tokens: what a provider charges for all models of a kind. A model's own fees, in the
 * price table or its patch, override these. Dollars per use; free allowances (Google's first searches each day) are not
 * deducted.
 */
import type { ProviderName } from '../../vocabulary.ts';
import type { Provenance } from '../catalogue.ts';
import { toFees } from '../listed-rates.ts';
import type { ListedFees } from '../price-table.ts';
import type { Fees } from '../../rates.ts';

interface FeeRule extends Provenance {
  readonly providers: readonly ProviderName[];
  /** The models that it applies to, by id; all models if missing. */
  readonly models?: RegExp;
  readonly fees: ListedFees;
}

/** Tools that cost only their tokens. */
const TOKENS_ONLY = 0;
/** The same use counted in another way, which is not billed. */
const WITH_GROUNDING = 0;
const WITH_SEARCHES = 0;

/** Later rules override earlier ones. */
export const FEE_RULES: readonly FeeRule[] = [
  {
    providers: ['openai'],
    fees: {
      'web-search': 0.01,
      'file-search': 0.0025,
      'code-execution': 0.03,
      'computer-use': TOKENS_ONLY,
      // Billed as tokens of the image model, which the answer does not report.
      'image-generation': null,
    },
    source: 'OpenAI pricing page: built-in tools; code runs in a container of 1 GB, paid for once',
    asOf: '2026-09-23',
  },
  {
    providers: ['openai'],
    models: /^gpt-4o.*search-preview/,
    fees: { 'web-search': 0.025 },
    source: '[S] OpenAI pricing page: web search of models that do not reason',
    asOf: '2026-04-23',
  },
  {
    providers: ['anthropic', 'google-vertex', 'azure'],
    models: /claude/,
    fees: { 'web-search': 0.01, 'web-fetch': TOKENS_ONLY, 'code-execution': 0.05 / 12, 'computer-use': TOKENS_ONLY },
    source: 'Anthropic pricing page: tools; a run of code is billed for five minutes at least, at $0.05 an hour',
    asOf: '2026-09-23',
  },
  {
    providers: ['google', 'google-vertex'],
    models: /gemini-2/,
    fees: { grounding: 0.035, 'web-search': WITH_GROUNDING, maps: 0.025, 'code-execution': TOKENS_ONLY, 'web-fetch': TOKENS_ONLY },
    source: 'Gemini API pricing page: Gemini 2 pays for a prompt that was grounded, however many searches it took',
    asOf: '2026-09-20',
  },
  {
    providers: ['google', 'google-vertex'],
    models: /gemini-(?:[3-9]|flash-latest|pro-latest)/,
    fees: { 'web-search': 0.014, grounding: WITH_SEARCHES, maps: 0.014, 'code-execution': TOKENS_ONLY, 'web-fetch': TOKENS_ONLY },
    source: 'Gemini API pricing page: Gemini 3 and later pay for each search',
    asOf: '2026-09-20',
  },
  {
    providers: ['xai'],
    fees: {
      'web-search': 0.005,
      'tool-call': 0.005,
      'code-execution': 0.005,
      'file-search': 0.0025,
      source: 0.025,
    },
    source: 'xAI pricing page: tools; sources of Live Search, which ended on 2025-12-15',
    asOf: '2026-06-01',
  },
  {
    providers: ['perplexity'],
    models: /^sonar(?:-reasoning)?$/,
    fees: { request: { low: 0.005, medium: 0.008, high: 0.012 }, 'web-search': TOKENS_ONLY },
    source: 'Perplexity pricing page: request fees by search context; the default as the API states it',
    asOf: '2026-09-23',
  },
  {
    providers: ['perplexity'],
    models: /^sonar-(?:pro|reasoning-pro)$/,
    fees: { request: { low: 0.006, medium: 0.01, high: 0.014 }, 'web-search': TOKENS_ONLY },
    source: 'Perplexity pricing page: request fees by search context; the default as the API states it',
    asOf: '2026-09-23',
  },
  {
    providers: ['cohere'],
    models: /^rerank-(?:v3|english-v3|multilingual-v3)/,
    fees: { 'search-unit': 0.002 },
    source: 'Cohere pricing page: $2 for 1,000 searches of up to 100 documents',
    asOf: '2025-12-01',
  },
  {
    providers: ['mistral'],
    fees: { 'web-search': 0.03, 'code-execution': 0.03, 'image-generation': 0.1 },
    source: '[S] Mistral pricing page: connectors of the Agents API',
    asOf: '2025-12-01',
  },
  // These charge for the tools too, but their prices were not found.
  {
    providers: ['groq', 'openrouter', 'azure', 'vercel'],
    models: /^(?!claude)/,
    fees: { 'web-search': null, 'code-execution': null, 'tool-call': null },
    source: '[U] charged beside the tokens',
    asOf: '2026-11-29',
  },
];

export function feesOf(provider: ProviderName, id: string): { readonly fees: Fees; readonly provenance: Provenance | null } {
  const rules = FEE_RULES.filter(
    ({ providers, models }) => providers.includes(provider) && (models === undefined || models.test(id)),
  );
  const last = rules.at(-1);
  return {
    fees: Object.assign({}, ...rules.map(({ fees }) => toFees(fees))),
    provenance: last === undefined ? null : { source: last.source, asOf: last.asOf },
  };
}
