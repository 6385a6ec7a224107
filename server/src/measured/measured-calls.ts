/** What was measured of each call, by its id. */
import type { MeasuredFile, MeasuredSite } from '@farthing/shared/measured/measured';

/** A call's figures at the latest revision, and how often it runs, over all revisions. */
export interface MeasuredUse {
  readonly site: MeasuredSite;
  /** Calls of a day, whoever answered; null if the time between the first and the last is too short to tell. */
  readonly callsPerDay: number | null;
  /** The calls of a month that the provider answered. */
  readonly requestsPerMonth: number | null;
}

export interface MeasuredCalls {
  /** Null if nothing was measured of it. */
  readonly of: (id: string) => MeasuredUse | null;
  readonly sites: readonly MeasuredSite[];
}

export const NOTHING_MEASURED: MeasuredCalls = { of: () => null, sites: [] };

export const DAY = 86_400_000;
/** A test of load, or an hour at night, says nothing about a month. */
const SHORTEST = DAY;
const DAYS_PER_MONTH = 30;

export function createMeasuredCalls(file: MeasuredFile | null): MeasuredCalls {
  if (file === null) return NOTHING_MEASURED;
  const byCall = Map.groupBy(file.sites, ({ call }) => call);
  return {
    sites: file.sites,
    of: (id) => {
      const sites = byCall.get(id);
      return sites === undefined ? null : useOf(sites);
    },
  };
}

function useOf(sites: readonly MeasuredSite[]): MeasuredUse | null {
  const latest = sites.toSorted((a, b) => (b.to ?? '').localeCompare(a.to ?? ''))[0];
  if (latest === undefined) return null;
  const days = daysOf(sites);
  const perDay = (count: (site: MeasuredSite) => number): number | null =>
    days === null ? null : sites.reduce((sum, site) => sum + count(site), 0) / days;
  const requests = perDay(({ answered }) => answered);
  return {
    site: latest,
    callsPerDay: perDay(({ calls }) => calls),
    requestsPerMonth: requests === null ? null : Math.round(requests * DAYS_PER_MONTH),
  };
}

/** The days from the first call to the last; null if too few. */
function daysOf(sites: readonly MeasuredSite[]): number | null {
  const from = Math.min(...sites.map((site) => Date.parse(site.from ?? '')));
  const to = Math.max(...sites.map((site) => Date.parse(site.to ?? '')));
  return to - from >= SHORTEST ? (to - from) / DAY : null;
}
