/** Puts each user into an arm of an experiment, changes what the treatment changes, and counts what comes of it. */
import { hash } from 'node:crypto';
import type { Arm } from '../../core/arm.ts';
import type { Decision } from '../../core/decision.ts';
import type { Emit } from '../../core/events.ts';
import { withModel } from '../../core/exchange.ts';
import type { Feedback, FeedbackListener, RatedCall } from '../../core/feedback.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import { sumCosts } from '../../core/sum-costs.ts';
import { amountsOf, type EndedCall, type Place } from '../../ledger/experiment-counts.ts';
import type { RecordStore } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { follow } from '../resolve/resolve.ts';
import { assign } from './assign.ts';
import type { FilledExperiment } from './options.ts';
import { createExperimentState, type ExperimentState } from './state.ts';

export interface ExperimentTools {
  readonly experiments: Readonly<Record<string, FilledExperiment>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly records: RecordStore;
  readonly emit: Emit;
  readonly background: Background;
  /** Registers what is called with feedback, and with the call as it was before. */
  readonly onFeedback: (listener: FeedbackListener) => void;
}

interface Running {
  readonly name: string;
  readonly options: FilledExperiment;
  /** Differs where anything of the experiment does, so that counts of different treatments are never mixed. */
  readonly version: string;
  readonly state: ExperimentState;
}

type Assigned = Extract<Decision, { readonly outcome: 'assigned' }>;

export function experiment(tools: ExperimentTools): Layer {
  const { experiments, aliases, onFeedback } = tools;
  const byFeature = new Map<string, Running>();
  for (const [name, options] of Object.entries(experiments)) {
    if (options.mode === 'off') continue;
    const running = start(name, options, tools);
    for (const feature of options.features) byFeature.set(feature, running);
  }
  onFeedback((call, feedback) => noteFeedback([...byFeature.values()], call, feedback));

  return (next) =>
    function assigned(exchange) {
      const { feature, bypass } = exchange.context;
      const running = feature === null || bypass ? undefined : byFeature.get(feature);
      if (running === undefined) return next(exchange);
      // A refresh has the arm of the call whose answer it renews.
      if (exchange.isRefresh) return next(treated(exchange, exchange.arm, running.options, aliases));
      const who = exchange.context[running.options.per];
      return who === null ? next(exchange) : takePart(exchange, next, running);
    };

  async function takePart(exchange: Exchange, next: Send, running: Running): Promise<Reply> {
    const { name, options, version, state } = running;
    const { tenant, user } = exchange.context;
    const place = assign(name, options.per === 'tenant' ? [tenant] : [tenant, user], options.share);
    const isShadow = options.mode !== 'on';
    const reason = await state.stopped();
    if (reason === 'unknown') {
      exchange.log.decide({ layer: 'experiment', outcome: 'skipped', reason: 'its store does not answer' });
      return next(exchange);
    }
    const common = { layer: 'experiment', experiment: name, version };
    if (reason !== null) {
      exchange.log.decide({ ...common, outcome: 'stopped', reason });
      return next(exchange);
    }
    const change = changeIn(options, place);
    exchange.log.decide({ ...common, ...place, outcome: 'assigned', share: options.share, isShadow, reason: change });
    const arm: Arm = {
      experiment: name,
      name: place.arm,
      tier: place.arm === 'treatment' ? options.treatment.tier : undefined,
    };
    return counted(exchange, () => next(isShadow ? exchange : treated(exchange, arm, options, aliases)), place, state);
  }
}

function start(name: string, options: FilledExperiment, { records, emit, background }: ExperimentTools): Running {
  const version = hash(
    'sha256',
    JSON.stringify(options, (_, value) => (value === Infinity ? 'Infinity' : value)),
    'hex',
  ).slice(0, 8);
  const state = createExperimentState({
    key: `experiment:${name}:${version}`,
    records,
    tolerated: options.mode === 'on' ? options.tolerate : null,
    onStop: (reason) => emit({ type: 'experiment-stopped', experiment: name, reason }),
    onFailure: (error) => emit({ type: 'store-failed', layer: 'experiment', effect: 'open', error }),
    background,
  });
  return { name, options, version, state };
}

/** The request of an arm. Its answers are only shared within the arm. */
function treated(
  exchange: Exchange,
  arm: Arm | null,
  { treatment }: FilledExperiment,
  aliases: Readonly<Record<string, string>>,
): Exchange {
  if (arm === null) return exchange;
  const inArm = { ...exchange, arm };
  return arm.name === 'treatment' && treatment.model !== undefined
    ? withModel(inArm, follow(aliases, treatment.model))
    : inArm;
}

function changeIn({ treatment }: FilledExperiment, { arm }: Place): string {
  if (arm === 'control') return 'unchanged';
  return treatment.model === undefined ? `tier "${treatment.tier}"` : `model "${treatment.model}"`;
}

async function counted(
  { log, signal }: Exchange,
  send: () => Promise<Reply>,
  place: Place,
  state: ExperimentState,
): Promise<Reply> {
  const count = (ended: Omit<EndedCall, 'cost'>): void => {
    const cost = sumCosts(log.attempts.map((attempt) => attempt.cost))?.amount ?? null;
    const amounts = amountsOf({ ...ended, cost });
    if (amounts !== null) state.count(place, amounts);
  };
  try {
    const reply = await send();
    const { origin, status } = reply;
    const settled = reply.settled.then((settlement) => {
      count({ origin, status, end: settlement.end });
      return settlement;
    });
    return { ...reply, settled };
  } catch (error) {
    count({ origin: 'error', status: 0, end: signal?.aborted ? 'cancelled' : 'failed' });
    throw error;
  }
}

function noteFeedback(all: readonly Running[], call: RatedCall, feedback: Feedback): void {
  const found = call.decisions.find((decision): decision is Assigned => decision.outcome === 'assigned');
  if (found === undefined || call.feedback === feedback) return;
  const running = all.find(({ name, version }) => name === found.experiment && version === found.version);
  // What was said before is taken back.
  running?.state.count(found, { [feedback]: 1, ...(call.feedback && { [call.feedback]: -1 }) });
}
