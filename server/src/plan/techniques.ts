/** The techniques of a plan: when each is taken up, what it takes, and what it may cost in quality. */
import type { Effort, PhaseName, TechniqueName } from '@farthing/shared/plan/plan';

export interface Technique {
  readonly name: TechniqueName;
  readonly phase: PhaseName;
  readonly title: string;
  readonly effort: Effort;
  readonly risk: string;
  /** The rules whose findings it mends. */
  readonly rules: readonly string[];
  /** Settings and documents besides those of its rules. */
  readonly how: readonly string[];
  /** What would make its saving known, if that depends on a share of the calls; null if it does not. */
  readonly unstated: string | null;
}

export const ALL_TECHNIQUES: readonly Technique[] = [
  {
    name: 'output-limits',
    phase: 'quick-wins',
    title: 'Bound what a call can cost at worst',
    effort: 'minutes',
    risk: 'a limit that is too low cuts answers off',
    rules: [
      'unbounded-output',
      'oversized-output-limit',
      'wrong-output-limit-parameter',
      'unbounded-agent-loop',
      'stacked-retries',
      'missing-timeout',
    ],
    how: [],
    unstated: null,
  },
  {
    name: 'smaller-models',
    phase: 'quick-wins',
    title: 'Use a cheaper model where the task allows it',
    effort: 'hours',
    risk: 'answers may differ: compare them before the change',
    rules: ['oversized-model', 'outclassed-model'],
    how: [],
    unstated: null,
  },
  {
    name: 'shorter-prompts',
    phase: 'quick-wins',
    title: 'Send less of what nobody reads',
    effort: 'hours',
    risk: 'what is left out cannot be used in an answer',
    rules: ['padded-json', 'unbounded-history', 'unbounded-context'],
    how: [],
    unstated: null,
  },
  {
    name: 'exact-cache',
    phase: 'quick-wins',
    title: 'Answer repeated requests from a cache',
    effort: 'hours',
    risk: 'none for requests that are equal',
    rules: [],
    how: ["createMeter({ cache: { mode: 'shadow' } }) measures how often requests repeat: docs/runtime/exact-cache.md"],
    unstated: 'how often requests repeat is not known: --exact-hits 10% counts it',
  },
  {
    name: 'prompt-cache',
    phase: 'caching',
    title: "Let the provider's cache keep what every request repeats",
    effort: 'hours',
    risk: 'none: answers are the same',
    rules: ['uncached-static-prompt', 'volatile-prompt-prefix', 'uncached-conversation', 'volatile-history-prefix'],
    how: [],
    unstated: null,
  },
  {
    name: 'semantic-cache',
    phase: 'caching',
    title: 'Answer questions that mean the same from a cache',
    effort: 'days',
    risk: 'a wrong answer where two questions only look alike',
    rules: [],
    how: [
      "cache: { semantic: { mode: 'shadow', ... } } measures it without serving anything: docs/runtime/semantic-cache.md",
    ],
    unstated: 'how often questions return in other words is not known: --semantic-hits 20% counts it',
  },
  {
    name: 'routing',
    phase: 'routing',
    title: 'Ask a cheaper model first',
    effort: 'days',
    risk: 'answers may differ: an experiment on real traffic says how much',
    rules: [],
    how: [
      "route: { mode: 'shadow', ... } and an experiment measure it: docs/runtime/routing.md, docs/runtime/experiments.md",
    ],
    unstated: 'how many requests the cheaper model can answer is not known: --routed 50% counts it',
  },
  {
    name: 'batch',
    phase: 'batch',
    title: 'Send what nobody waits for as a batch',
    effort: 'days',
    risk: 'answers arrive within a day',
    rules: ['batchable-loop', 'embedding-in-loop'],
    how: [],
    unstated: null,
  },
  {
    name: 'fine-tuning',
    phase: 'later',
    title: 'Tune a small model to a narrow task',
    effort: 'weeks',
    risk: 'a model to train again whenever the task changes',
    rules: [],
    how: [],
    unstated: null,
  },
  {
    name: 'self-hosting',
    phase: 'later',
    title: 'Host an open model',
    effort: 'weeks',
    risk: 'a machine that is paid whether or not it is used, and operated by you',
    rules: [],
    how: [],
    unstated: null,
  },
];
