/** How a feature call gets to its request, and which feature calls a request serves. */
import type { Language } from '@farthing/shared/language';
import type { LlmCall } from '../../calls/call.ts';
import type { Origin } from '../../ir/origin.ts';
import { costColumn } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { callersOf, callersWords, placeName, viaWords } from './call-facts.ts';
import { type Cell, linkTo, type Page, type Place, text } from './page.ts';

/** Where the calls are, and the reader's language. */
interface Reader {
  readonly workspace: Pick<Workspace, 'code' | 'root' | 'known'>;
  readonly locationOf: Place['locationOf'];
  readonly language: Language;
}

/** More callers than this are counted. */
const MAX_CALLERS = 5;

/**
 * Of a feature call, `via createGenerateText` and where each call on the way is; of a request, its callers, the most expensive
 * first. Empty for a call that is neither.
 */
export function callWay(call: LlmCall, reader: Reader): Page {
  return call.via.length > 0 ? lead(call, reader) : callers(call, reader);
}

function lead(call: LlmCall, reader: Reader): Page {
  const messages = messagesIn(reader.language).editor.way;
  const rest = call.leadsTo.length - 1;
  const others = call.leadsToMore ? messages.orMore : rest === 0 ? '' : messages.others(rest);
  const assumed = call.receiver === 'assumed' ? messages.assumed : '';
  const way = call.via.flatMap(({ origin }, index): readonly Cell[] => {
    const step = index === call.via.length - 1 ? messages.request : messages.calls;
    return [`${index === 0 ? ': ' : ', '}${step} `, place(origin, reader)];
  });
  return [text(`${viaWords(call, reader.language)}${assumed}`, ...way, others)];
}

function callers(request: LlmCall, reader: Reader): Page {
  const { workspace, language } = reader;
  const all = callersOf(request, workspace);
  if (all.length === 0) return [];
  const { unknown, editor } = messagesIn(language);
  const dollars = all.map(({ cost: { perCall } }) => perCall && inDollars(perCall));
  const column = costColumn(dollars.find((cost) => cost !== null) ?? null, language);
  const rows = all.slice(0, MAX_CALLERS).map((call, index): readonly Cell[] => {
    const cost = dollars[index] ?? null;
    return [place(call.origin, reader), cost === null ? unknown : column.cell(cost)];
  });
  const more = all.length - rows.length;
  const last = more > 0 ? [[editor.way.more(more), '']] : [];
  return [{ kind: 'table', rows: [[callersWords(all, language), column.head], ...rows, ...last], right: [1] }];
}

function place(origin: Origin, { workspace, locationOf, language }: Reader): Cell {
  return linkTo(locationOf(origin), placeName(origin, workspace, language));
}
