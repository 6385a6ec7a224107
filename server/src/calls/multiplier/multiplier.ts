/** Everything that multiplies a request, from its own steps outwards: retries, loops around it, and those of its callers. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { CallRecord } from '../../evaluate/scopes/scope.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import type { FoundCallerLoop } from '../caller-loop.ts';
import { roleOf } from '../request.ts';
import { type Factor, type Multiplier, multiplierOf, upTo } from './factor.ts';
import { factorsAround, itemFactor } from './loop-factors.ts';
import { stepsOf } from './steps.ts';

export interface MultiplierInput {
  readonly call: SdkCall;
  /** From the request outwards: its own record, those of the functions on the way, the feature call's. */
  readonly records: readonly CallRecord[];
  /** The loop in which the outermost function is called. */
  readonly byCaller: FoundCallerLoop | null;
}

export function readMultiplier({ call, records, byCaller }: MultiplierInput, evaluator: Evaluator): Multiplier | null {
  evaluator.startQuery();
  return multiplierOf([
    ...stepsOf(call),
    ...retriesOf(call),
    ...records.flatMap((record) => factorsAround(record, evaluator)),
    ...(byCaller === null ? [] : callerFactors(byCaller, evaluator)),
  ]);
}

/** Attempts that a step around the call asks for (`withRetry`). An SDK's own are for requests that failed and cost nothing. */
function retriesOf(call: SdkCall): readonly Factor[] {
  const role = roleOf(call, 'retries');
  const isOwn = role === null || role.from !== 'step' || role.value.kind !== 'number' || role.value.value < 2;
  return isOwn || role.value.kind !== 'number' ? [] : [upTo(role.value.value, 1, `${role.value.value} attempts`)];
}

function callerFactors({ record, mapped, loop }: FoundCallerLoop, evaluator: Evaluator): readonly Factor[] {
  const factors = factorsAround(record, evaluator);
  const all = mapped === null ? factors : [itemFactor(mapped, record, evaluator), ...factors];
  const where = loop.function === null ? '' : ` in \`${loop.function}\``;
  return all.map((factor, index) =>
    index === all.length - 1 ? { ...factor, text: `${factor.text}${where}` } : factor,
  );
}
