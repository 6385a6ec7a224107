/** What was measured, as reports have it: in dollars. */
import type { MeasuredSite, Spread } from '@farthing/shared/measured/measured';
import { toDollars } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportMeasured, ReportMeasuredModel, ReportUnjoined } from '@farthing/shared/report';
import type { Measurement } from '../calls/estimate/measured-figures.ts';
import { byModel } from '../measured/by-model.ts';

export function reportMeasured({
  site,
  callsPerDay,
  changedLines,
  isOtherModel,
  predicted,
}: Measurement): ReportMeasured {
  const { perRequest } = predicted;
  return {
    revision: site.revision,
    changedLines,
    isOtherModel,
    from: site.from,
    to: site.to,
    calls: site.calls,
    answered: site.answered,
    reused: site.reused,
    failed: site.failed,
    priced: site.priced,
    cost: toDollars(site.cost),
    callsPerDay,
    tokens: site.tokens,
    perCall: { ...site.perCall, cost: site.perCall.cost && spreadInDollars(site.perCall.cost) },
    models: site.models.map(modelInDollars),
    predicted: { ...predicted, perRequest: perRequest && rangeInDollars(perRequest) },
  };
}

const MAX_PLACES = 100;

/** Null if every call of the sites is among `known`. */
export function reportUnjoined(sites: readonly MeasuredSite[], known: ReadonlySet<string>): ReportUnjoined | null {
  const rest = sites.filter(({ call, isFeature }) => !isFeature && (call === null || !known.has(call)));
  if (rest.length === 0) return null;
  return {
    calls: rest.reduce((sum, { calls }) => sum + calls, 0),
    cost: toDollars(rest.reduce((sum, { cost }) => sum + cost, 0)),
    models: byModel(rest).map(modelInDollars),
    places: rest
      .flatMap(({ place, revision, calls }) => (place === null ? [] : [{ ...place, revision, calls }]))
      .slice(0, MAX_PLACES),
  };
}

function modelInDollars({
  provider,
  model,
  answered,
  priced,
  cost,
}: MeasuredSite['models'][number]): ReportMeasuredModel {
  return { provider, model, answered, priced, cost: toDollars(cost) };
}

function spreadInDollars({ p5, p50, p95, p99, max }: Spread): Spread {
  return { p5: toDollars(p5), p50: toDollars(p50), p95: toDollars(p95), p99: toDollars(p99), max: toDollars(max) };
}

function rangeInDollars({ low, expected, high, basis }: Range): Range {
  return { low: toDollars(low), expected: toDollars(expected), high: toDollars(high), basis };
}
