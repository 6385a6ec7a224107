/** How a feature call gets to its request, and which feature calls a request serves. */
import type { Language } from '@farthing/shared/language';
import type { LlmCall } from '../../calls/call.ts';
import { relativeTo } from '../../files/paths.ts';
import type { Origin } from '../../ir/origin.ts';
import { describePosition } from '../../report/describe.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { callersOf, callersWords, costOf, viaWords } from './call-facts.ts';
import { alignRows } from './table.ts';

/** Where the calls are, and the reader's language. */
interface Reader {
  readonly workspace: Pick<Workspace, 'code' | 'root' | 'known'>;
  readonly language: Language;
}

/** More callers than this are counted. */
const MAX_CALLERS = 5;

/**
 * Of a feature call, `via createGenerateText` and where each call on the way is; of a request, its callers, the most expensive
 * first. Empty for a call that is neither.
 */
export function wayLines(call: LlmCall, reader: Reader): readonly string[] {
  return call.via.length > 0 ? lead(call, reader) : callers(call, reader);
}

function lead(call: LlmCall, reader: Reader): readonly string[] {
  const messages = messagesIn(reader.language).editor.way;
  const rest = call.leadsTo.length - 1;
  const others = call.leadsToMore ? messages.orMore : rest === 0 ? '' : messages.others(rest);
  const way = call.via.map(({ origin }, index) => [
    index === call.via.length - 1 ? messages.request : messages.calls,
    place(origin, reader),
  ]);
  const assumed = call.receiver === 'assumed' ? messages.assumed : '';
  return [`${viaWords(call, reader.language)}${assumed}`, ...alignRows(way).map((line) => `  ${line}`)].map(
    (line, index, all) => (index === all.length - 1 ? line + others : line),
  );
}

function callers(request: LlmCall, reader: Reader): readonly string[] {
  const { workspace, language } = reader;
  const all = callersOf(request, workspace);
  if (all.length === 0) return [];
  const rows = all
    .slice(0, MAX_CALLERS)
    .map((call) => [place(call.origin, reader), costOf(call.cost.perCall, language)]);
  const more = all.length - rows.length;
  return [
    callersWords(all, language),
    ...alignRows(rows, [1]).map((line) => `  ${line}`),
    ...(more > 0 ? [`  ${messagesIn(language).editor.way.more(more)}`] : []),
  ];
}

function place({ path, start }: Origin, { workspace: { code, root }, language }: Reader): string {
  return `${relativeTo(path, root)}:${describePosition(code.positions(path).at(start), language)}`;
}
