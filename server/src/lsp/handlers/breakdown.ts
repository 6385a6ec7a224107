/** `farthing/breakdown`: everything about one call, as a page. */

import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall, priceAt } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars, formatTokens } from '@farthing/shared/money';
import { printable } from '@farthing/shared/printable';
import { exactly } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';
import { costColumn } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import {
  callWords,
  isCostOfCallers,
  modelOf,
  placeName,
  unitWords,
  viaWords,
  wordsOf,
} from '../markdown/call-facts.ts';
import { callWay } from '../markdown/feature-way.ts';
import { formatRate, modelCard, modelSource } from '../markdown/model-card.ts';
import { modelChoice } from '../markdown/model-choice.ts';
import { type Cell, linkTo, type Page, text, writePage } from '../markdown/page.ts';
import { promptMap } from '../markdown/prompt-map.ts';
import { whatIf } from '../markdown/what-if.ts';
import type { Breakdown } from '../protocol.ts';
import { changeWords } from '../since-head/change-words.ts';

interface Parameters {
  readonly uri: string;
  readonly call: string;
}

export const breakdown: Handler<Parameters, Breakdown | null> = (parameters, context) => {
  const found = breakdownPage(parameters, context);
  return found && { title: found.title, markdown: `${writePage(found.page, true)}\n`, range: found.range };
};

export function breakdownPage(
  { uri, call: id }: Parameters,
  context: ServerContext,
): (Pick<Breakdown, 'title' | 'range'> & { readonly page: Page }) | null {
  const document = context.document(uri);
  const call = document?.calls.find((candidate) => candidate.id === id);
  const range = call && document?.rangeOf(call.origin);
  if (!document || !call || !range) return null;
  const model = modelOf(call, document.workspace);
  const { language } = context.client;
  const messages = messagesIn(language).editor.breakdown;
  const { headings } = messages;
  const api = viaWords(call, language) || `${call.sdk} ${call.api}`;
  const title = call.function === null ? api : messages.titleIn(api, call.function);
  const { locationOf, workspace } = document;
  const isOfCallers = isCostOfCallers(call, workspace);
  const page: Page = [
    { kind: 'heading', level: 1, text: title },
    { kind: 'strong', text: wordsOf(call, workspace, language).cost },
    text(linkTo(locationOf(call.origin), placeName(call.origin, workspace, language))),
    ...choice(call, document, language),
    ...(isOfCallers ? [] : money(call, model, language)),
    ...section(headings.sinceHead, sinceHead(call, document, context)),
    ...section(
      call.via.length > 0 ? headings.way : headings.callers,
      callWay(call, { workspace, locationOf, language }),
    ),
    ...section(
      headings.whatIf,
      model === null || isOfCallers ? [] : whatIf(call, model, workspace.catalogueAt(document.path), language),
    ),
    ...section(headings.prompt, [{ kind: 'lines', lines: promptMap(call, model, language) }]),
    ...section(
      headings.model,
      model === null ? [] : [...modelCard(model, language), ...modelSource(call, document, language)],
    ),
    ...findings(call, document, language),
  ];
  return { title: printable(title), page, range };
}

/** Nothing without content. */
function section(heading: string, content: Page): Page {
  return content.length === 0 ? [] : [{ kind: 'heading', level: 2, text: heading }, ...content];
}

/** The models that the call may use, or how to say which. */
function choice(call: LlmCall, document: AnalysedDocument, language: Language): Page {
  const table = modelChoice(call, document, language);
  if (table.length > 0 || call.model.value !== null) return table;
  return [text(messagesIn(language).editor.howToDeclare.join(' '))];
}

/** How the cost is made up, or why it is unknown. */
function money(call: LlmCall, model: Model | null, language: Language): Page {
  const { bases, unknown, editor } = messagesIn(language);
  const messages = editor.breakdown;
  const { input, output } = call.tokens;
  if (call.model.value === null && call.model.hint === null) return [];
  if (call.cost.units !== null) return [text(unitWords(call, language))];
  if (model === null) return [text(messages.priceUnknown)];
  const price = priceAt(model, input.expected);
  const rate = (nanos: number | null): string => (nanos === null ? unknown : formatRate(nanos, language));
  const { perCall } = call.cost;
  const column = costColumn(perCall && inDollars(perCall), language);
  const cost = costOfParts(call, model);
  const cell = (nanos: number | null): string =>
    nanos === null ? unknown : column.cell(inDollars(exactly(nanos, 'literal')));
  const rows: readonly (readonly Cell[])[] = [
    ['', ...messages.head, column.head, messages.basis],
    [messages.input, formatTokens(input, language), rate(price.input), cell(cost.input), bases[input.basis]],
    [messages.output, formatTokens(output, language), rate(price.output), cell(cost.output), bases[output.basis]],
  ];
  const maxOutput = call.outputLimit.tokens ?? model.maxOutput;
  const tail = maxOutput === null || price.output === null ? [] : [longest(call, maxOutput, price.output, language)];
  return [{ kind: 'table', rows, right: [1, 2, 3] }, ...tail];
}

/** The expected cost of both parts, in nano-dollars; together what the call is said to cost. */
function costOfParts(call: LlmCall, model: Model): Readonly<Record<'input' | 'output', number | null>> {
  const { perCall } = call.cost;
  const usage = { input: call.tokens.input, output: exactly(0, 'literal'), batch: call.tier === 'batch' };
  const input = costPerCall(model, usage)?.expected ?? null;
  if (perCall === null || perCall.basis === 'unknown' || input === null) return { input: null, output: null };
  return { input: Math.min(input, perCall.expected), output: Math.max(0, perCall.expected - input) };
}

function longest(call: LlmCall, maxOutput: number, rate: number, language: Language): Page[number] {
  const tokens = formatCount(maxOutput, language);
  const cost = formatDollars(maxOutput * rate, 4, language);
  return text(messagesIn(language).editor.breakdown.longest(tokens, call.outputLimit.tokens !== null, cost));
}

/** What the last commit has and what the code has now, part by part. */
function sinceHead(call: LlmCall, document: AnalysedDocument, context: ServerContext): Page {
  const { language } = context.client;
  const change = context.changesIn(document)?.changed.get(call.id);
  if (change === undefined) return [];
  const { base, head } = change;
  const summary = text(changeWords(change, language, true));
  if (base === null) return [summary];
  const words = [callWords(base, language), callWords(head, language)] as const;
  const names = messagesIn(language).editor.breakdown;
  const parts = [
    [names.headings.model, words[0].model, words[1].model],
    [names.input, words[0].input, words[1].input],
    [names.output, words[0].output, words[1].output],
    [names.cost, words[0].cost, words[1].cost],
  ] as const;
  const rows = parts.filter(([, before, now]) => before !== now);
  const titles = ['', 'HEAD', names.now];
  return rows.length === 0 ? [summary] : [summary, { kind: 'table', rows: [titles, ...rows], right: [] }];
}

function findings(call: LlmCall, { diagnostics }: AnalysedDocument, language: Language): Page {
  const ofCall = diagnostics.filter((diagnostic) => diagnostic.call === call.id);
  const messages = messagesIn(language).editor.breakdown;
  if (ofCall.length === 0) return [text(messages.noFindings)];
  const items = ofCall.map(({ rule, message }): readonly Cell[] => [`${rule}: ${message(language)}`]);
  return section(messages.headings.findings, [{ kind: 'list', items }]);
}
