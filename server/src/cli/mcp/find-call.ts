/** The call that a client means: `src/answer.ts:42`, with a column where several stand in the line, or its id. */
import type { Report, ReportCall } from '@farthing/shared/report';
import { lineOf } from '../../inspect/tables/calls.ts';
import { UsageError } from '../exit.ts';

/** Calls that a message lists. */
const MAX_LISTED = 10;

/** @throws UsageError if there is none, or several */
export function findCall({ calls }: Pick<Report, 'calls'>, named: string): ReportCall {
  const [, path = '', cell, line = '', column] = /^(.*?)(?:[:,] ?cell (\d+))?:(\d+)(?::(\d+))?$/.exec(named) ?? [];
  const isMeant = (call: ReportCall): boolean =>
    call.id === named ||
    (call.path === path &&
      call.line === Number(line) &&
      (cell === undefined ? call.cell === null : call.cell === Number(cell) - 1) &&
      (column === undefined || call.column === Number(column)));
  const found = calls.filter(isMeant);
  const [call] = found;
  if (call === undefined)
    throw new UsageError(`there is no LLM call at "${named}". ${nearbyCalls(calls, path || named)}`);
  // Several requests of one expression are alternatives of each other.
  if (found.length > 1 && found.some(({ column: at }) => at !== call.column))
    throw new UsageError(`several calls stand at "${named}". Add the column: ${listed(found, true)}.`);
  return call;
}

function nearbyCalls(calls: readonly ReportCall[], path: string): string {
  const near = calls.filter((call) => call.path === path);
  return near.length === 0 ? 'The scan tool lists all calls.' : `In that file there are ${listed(near, false)}.`;
}

function listed(calls: readonly ReportCall[], hasColumns: boolean): string {
  const names = calls
    .slice(0, MAX_LISTED)
    .map((call) => `${call.path}:${lineOf(call)}${hasColumns ? `:${call.column}` : ''}`);
  return names.join(', ') + (calls.length > MAX_LISTED ? ` and ${calls.length - MAX_LISTED} more` : '');
}
