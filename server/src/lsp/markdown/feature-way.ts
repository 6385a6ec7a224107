/** How a feature call gets to its request, and which feature calls a request serves. */
import type { LlmCall } from '../../calls/call.ts';
import { relativeTo } from '../../files/paths.ts';
import type { Origin } from '../../ir/origin.ts';
import { describePosition } from '../../report/describe.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { callersOf, callersWords, costOf, viaWords } from './call-facts.ts';
import { alignRows } from './table.ts';

type Places = Pick<Workspace, 'code' | 'root' | 'known'>;

/** More callers than this are counted. */
const MAX_CALLERS = 5;

/**
 * Of a feature call, `via createGenerateText` and where each call on the way is; of a request, its callers, the most expensive
 * first. Empty for a call that is neither.
 */
export function wayLines(call: LlmCall, places: Places): readonly string[] {
  return call.via.length > 0 ? lead(call, places) : callers(call, places);
}

function lead(call: LlmCall, places: Places): readonly string[] {
  const rest = call.leadsTo.length - 1;
  const others = call.leadsToMore ? ' or others' : rest === 0 ? '' : ` or ${rest} ${rest === 1 ? 'other' : 'others'}`;
  const way = call.via.map(({ origin }, index) => [
    index === call.via.length - 1 ? 'request' : 'calls',
    place(origin, places),
  ]);
  const assumed = call.receiver === 'assumed' ? ' (assumed: nothing says what its object is)' : '';
  return [`${viaWords(call)}${assumed}`, ...alignRows(way).map((line) => `  ${line}`)].map((line, index, all) =>
    index === all.length - 1 ? line + others : line,
  );
}

function callers(request: LlmCall, places: Places): readonly string[] {
  const all = callersOf(request, places);
  if (all.length === 0) return [];
  const rows = all.slice(0, MAX_CALLERS).map((call) => [place(call.origin, places), costOf(call.cost.perCall)]);
  const more = all.length - rows.length;
  return [
    callersWords(all),
    ...alignRows(rows, [1]).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function place({ path, start }: Origin, { code, root }: Places): string {
  return `${relativeTo(path, root)}:${describePosition(code.positions(path).at(start))}`;
}
