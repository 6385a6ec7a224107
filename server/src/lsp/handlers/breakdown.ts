/** `farthing/breakdown`: everything about one call, as a page. */

import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars, formatTokens } from '@farthing/shared/money';
import { printable } from '@farthing/shared/printable';
import type { LlmCall } from '../../calls/call.ts';
import { markdownText } from '../../report/markdown-text.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, Handler } from '../context.ts';
import { modelOf, viaWords, wordsOf } from '../markdown/call-facts.ts';
import { wayLines } from '../markdown/feature-way.ts';
import { formatRate, modelCard } from '../markdown/model-card.ts';
import { choiceRows } from '../markdown/model-choice.ts';
import { promptMap } from '../markdown/prompt-map.ts';
import { block } from '../markdown/table.ts';
import { whatIf } from '../markdown/what-if.ts';
import type { Breakdown } from '../protocol.ts';

export const breakdown: Handler<{ readonly uri: string; readonly call: string }, Breakdown | null> = (
  { uri, call: id },
  context,
) => {
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
  const way = wayLines(call, { workspace: document.workspace, language });
  const sections = [
    `# ${markdownText(title)}`,
    `**${markdownText(wordsOf(call, language).cost)}**`,
    choice(call, language),
    money(call, model, language),
    way.length === 0 ? '' : `## ${call.via.length > 0 ? headings.way : headings.callers}\n\n${block(way, true)}`,
    `## ${headings.prompt}`,
    block(promptMap(call, model, language), true),
    model === null
      ? ''
      : `## ${headings.model}\n\n${modelCard(model, language)
          .map((line) => `- ${markdownText(line)}`)
          .join('\n')}`,
    model === null ? '' : otherWays(call, model, document, language),
    findings(call, document, language),
  ];
  return { title: printable(title), markdown: `${sections.filter((section) => section !== '').join('\n\n')}\n`, range };
};

/** The models that the call may use, or how to say which. */
function choice(call: LlmCall, language: Language): string {
  const [head, ...rows] = choiceRows(call, language).map((row) => `| ${row.map(markdownText).join(' | ')} |`);
  if (head !== undefined) return [head, '|---|---:|---:|---|', ...rows].join('\n');
  return call.model.value === null ? markdownText(messagesIn(language).editor.howToDeclare.join(' ')) : '';
}

/** How the cost is made up, or why it is unknown. */
function money(call: LlmCall, model: Model | null, language: Language): string {
  const { bases, unknown, editor } = messagesIn(language);
  const messages = editor.breakdown;
  const { input, output } = call.tokens;
  if (call.model.value === null && call.model.hint === null) return '';
  if (model === null) return messages.priceUnknown;
  const price = priceAt(model, input.expected);
  const rate = (nanos: number | null): string => (nanos === null ? unknown : formatRate(nanos, language));
  const lines = [
    `| | ${messages.head.join(' | ')} |`,
    '|---|---:|---:|---|',
    `| ${messages.input} | ${formatTokens(input, language)} | ${rate(price.input)} | ${bases[input.basis]} |`,
    `| ${messages.output} | ${formatTokens(output, language)} | ${rate(price.output)} | ${bases[output.basis]} |`,
  ];
  const maxOutput = call.outputLimit.tokens ?? model.maxOutput;
  const tail = maxOutput === null || price.output === null ? '' : longest(call, maxOutput, price.output, language);
  return `${lines.join('\n')}${tail}`;
}

function longest(call: LlmCall, maxOutput: number, rate: number, language: Language): string {
  const tokens = formatCount(maxOutput, language);
  const cost = formatDollars(maxOutput * rate, 4, language);
  return `\n\n${messagesIn(language).editor.breakdown.longest(tokens, call.outputLimit.tokens !== null, cost)}`;
}

function otherWays(call: LlmCall, model: Model, { workspace }: AnalysedDocument, language: Language): string {
  const found = whatIf(call, model, workspace.catalogueAt(call.origin.path), language);
  if (found === null) return '';
  const [head = [], ...rows] = found.rows.map((row) => `| ${row.map(markdownText).join(' | ')} |`);
  const table = [head, '|---|---:|---:|', ...rows].join('\n');
  return `## ${messagesIn(language).editor.breakdown.headings.whatIf}\n\n${table}${found.note === null ? '' : `\n\n${found.note}`}`;
}

function findings(call: LlmCall, { diagnostics }: AnalysedDocument, language: Language): string {
  const ofCall = diagnostics.filter((diagnostic) => diagnostic.call === call.id);
  const messages = messagesIn(language).editor.breakdown;
  if (ofCall.length === 0) return messages.noFindings;
  return `## ${messages.headings.findings}\n\n${ofCall.map(({ rule, message }) => `- **${rule}**: ${markdownText(message(language))}`).join('\n')}`;
}
