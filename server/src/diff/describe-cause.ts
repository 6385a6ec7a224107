/** What changed in a call, in words: `gpt-6-luna -> gpt-6-sol`. */

import type { DiffCause } from '@farthing/shared/diff-report';
import { formatCount, formatVolume } from '@farthing/shared/money';
import type { ReportCall } from '@farthing/shared/report';
import { SECTION_ROLES } from '@farthing/shared/vocabulary';
import type { Origin } from '../ir/origin.ts';
import { describeModel } from '../report/describe-model.ts';
import type { Estimations } from './causes.ts';
import { changedNames, grownText } from './grown-text.ts';

/** Both revisions of a call. */
export interface Described {
  readonly calls: { readonly base: ReportCall; readonly head: ReportCall };
  readonly estimations: { readonly base: Estimations; readonly head: Estimations };
  /** `src/prompts.ts:12`, in the new revision; null if that is not known. */
  readonly lineOf: (origin: Origin) => string | null;
}

type Describe = (described: Described) => string;

/** A part that is the same in both reads `changed`: its details are not named here. */
const between = (base: string, head: string): string => (base === head ? 'changed' : `${base} -> ${head}`);

const WORDS: Readonly<Record<DiffCause, Describe>> = {
  requests: ({ estimations: { base, head } }) => between(`leads to ${base.length}`, `${head.length} kinds of request`),
  prices: () => 'another price for the same model',
  model: ({ calls: { base, head } }) => between(nameOf(base), nameOf(head)),
  api: ({ calls: { base, head } }) => between(`${base.sdk} ${base.api}`, `${head.sdk} ${head.api}`),
  prompt: describePrompt,
  tools: ({ estimations: { base, head } }) => {
    const names = (side: Estimations) =>
      side.flatMap(({ asked }) => asked.tools?.definitions.map(({ name }) => name) ?? []);
    return changedNames(names(base), names(head));
  },
  schema: ({ estimations: { base, head } }) => between(hasSchema(base), hasSchema(head)),
  reasoning: ({ estimations: { base, head } }) => between(reasoningOf(base), reasoningOf(head)),
  limit: ({ calls: { base, head } }) => between(limitOf(base), limitOf(head)),
  tier: ({ estimations: { base, head } }) => between(base[0]?.asked.tier ?? '', head[0]?.asked.tier ?? ''),
  assumptions: () => 'the answer that the configuration expects',
  loop: ({ calls: { base, head } }) => between(loopOf(base), loopOf(head)),
  volume: ({ estimations: { base, head } }) => between(volumeOf(base), volumeOf(head)),
  cache: ({ calls: { base, head } }) => between(markOf(base), markOf(head)),
};

export function describeCause(cause: DiffCause, described: Described): string {
  return WORDS[cause](described);
}

function nameOf(call: ReportCall): string {
  const { value, hint, alternatives } = call.model;
  const name = value ?? (alternatives.length > 1 ? describeModel(call) : (hint ?? describeModel(call)));
  return call.provider === 'unknown' ? name : `${name} (${call.provider})`;
}

/** `system +880, user -20 tokens, at src/prompts.ts:12`. */
function describePrompt({ calls, estimations, lineOf }: Described): string {
  const tokensOf = ({ tokens }: ReportCall, role: string): number =>
    tokens.sections.reduce((sum, one) => (one.role === role ? sum + one.expected : sum), 0);
  const parts = SECTION_ROLES.flatMap((role) => {
    const change = tokensOf(calls.head, role) - tokensOf(calls.base, role);
    return change === 0 ? [] : [`${role} ${signedCount(change)}`];
  });
  const places = [...new Set(grownText(estimations.base, estimations.head).flatMap((origin) => lineOf(origin) ?? []))];
  const where = places.length === 0 ? '' : `, at ${places.slice(0, MAX_PLACES).join(' and ')}`;
  return `${parts.length === 0 ? 'other words of the same size' : `${parts.join(', ')} tokens`}${where}`;
}

/** Where a prompt grew most; more places than this are not read. */
const MAX_PLACES = 2;

export function signedCount(count: number): string {
  return count < 0 ? `-${formatCount(-count)}` : `+${formatCount(count)}`;
}

function limitOf({ outputLimit: { state, tokens } }: ReportCall): string {
  if (tokens !== null) return `up to ${formatCount(tokens)} out`;
  return state === 'absent' ? 'no limit' : 'a limit that is not known';
}

function loopOf({ multiplier }: ReportCall): string {
  return multiplier === null ? 'once' : multiplier.formula;
}

function volumeOf(estimations: Estimations): string {
  const calls = estimations[0]?.asked.callsPerMonth ?? null;
  return calls === null ? 'not known' : `${formatVolume(calls)} calls a month`;
}

function hasSchema(estimations: Estimations): string {
  return estimations.some(({ asked }) => asked.schema !== null) ? 'a schema' : 'no schema';
}

function reasoningOf(estimations: Estimations): string {
  const reasoning = estimations[0]?.asked.reasoning ?? null;
  return reasoning === null ? 'as the model does by default' : reasoning ? 'on' : 'off';
}

function markOf({ cache }: ReportCall): string {
  return cache ? 'marked for caching' : 'not marked';
}
