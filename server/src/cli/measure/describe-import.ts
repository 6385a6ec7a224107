/** What `farthing measure import` says it did. */
import type { MeasuredFile, MeasuredSite } from '@farthing/shared/measured/measured';
import { formatCount, formatDollars } from '@farthing/shared/money';
import { printable } from '@farthing/shared/printable';
import { byModel } from '../../measured/by-model.ts';
import type { ImportedFile } from '../../measured/import-records.ts';
import { plural } from '../../report/plural.ts';

/** `farthing.db: 4,210 calls of the runtime's ledger`, and what of it was not understood. */
export function describeFile(name: string, { calls, formats, unknown, firstUnknown }: ImportedFile): string {
  const read = `${name}: ${plural(calls, 'call')} from ${formats.join(', ')}`;
  if (unknown === 0) return `${printable(read)}\n`;
  const rest = `${plural(unknown, 'record was', 'records were')} not understood, the first on line ${firstUnknown}`;
  return `${printable(`${read}; ${rest}`)}\n`;
}

/** Rows of each list. */
const MAX_ROWS = 10;

export function describeImport({ sites: all, prices }: MeasuredFile, known: ReadonlySet<string>, path: string): string {
  const sites = all.filter(({ isFeature }) => !isFeature);
  const features = new Set(all.flatMap(({ call, isFeature }) => (isFeature && known.has(call ?? '') ? [call] : [])));
  const isJoined = ({ call }: MeasuredSite): boolean => call !== null && known.has(call);
  const joined = sites.filter(isJoined);
  const rest = sites.filter((site) => !isJoined(site));
  const total = sum(sites, ({ calls }) => calls);
  const ids = new Set(joined.map(({ call }) => call)).size;
  const cost = formatDollars(sum(sites, (site) => site.cost));
  const lines = [
    `${plural(ids, 'call site')}, ${formatCount(sum(joined, ({ calls }) => calls))} of ${plural(total, 'call')} joined, ${cost} by ${prices.source}`,
    ...(features.size === 0 ? [] : [`${plural(features.size, 'feature call')} led to them`]),
    ...describeUnpriced(sites),
    ...describeUnjoined(rest),
    `wrote ${path}. farthing scan shows it`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function describeUnpriced(sites: readonly MeasuredSite[]): readonly string[] {
  const unpriced = sum(sites, ({ answered, priced }) => answered - priced);
  if (unpriced === 0) return [];
  return [`${plural(unpriced, 'answered call has', 'answered calls have')} no cost: the usage or the price is unknown`];
}

function describeUnjoined(sites: readonly MeasuredSite[]): readonly string[] {
  if (sites.length === 0) return [];
  const places = sites.filter(({ place, call }) => place !== null || call !== null).slice(0, MAX_ROWS);
  return [
    'not joined to a call of the code, by model:',
    ...byModel(sites).map(
      ({ provider, model, answered, cost }) =>
        `  ${provider} ${model}: ${plural(answered, 'call')}, ${formatDollars(cost)}`,
    ),
    ...(places.length === 0 ? [] : ['places with no call in the code:']),
    ...places.map((site) => `  ${placeName(site)}: ${plural(site.calls, 'call')}`),
  ];
}

function placeName({ place, call, revision }: MeasuredSite): string {
  const at = revision === null ? '' : ` at ${revision.slice(0, 7)}`;
  if (place === null) return `the call ${call}${at}`;
  const name = place.function === null ? '' : ` (${place.function})`;
  return `${place.path}${place.line === null ? '' : `:${place.line}`}${name}${at}`;
}

function sum<Item>(items: readonly Item[], pick: (item: Item) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}
