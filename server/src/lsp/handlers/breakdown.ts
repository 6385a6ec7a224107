/** `farthing/breakdown`: everything about one call, as a page. */

import type { Model } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars, formatTokens } from '@farthing/shared/money';
import { printable } from '@farthing/shared/printable';
import type { LlmCall } from '../../calls/call.ts';
import { markdownText } from '../../report/markdown-text.ts';
import type { AnalysedDocument, Handler } from '../context.ts';
import { modelOf, viaWords, wordsOf } from '../markdown/call-facts.ts';
import { wayLines } from '../markdown/feature-way.ts';
import { formatRate, modelCard } from '../markdown/model-card.ts';
import { choiceRows, HOW_TO_DECLARE } from '../markdown/model-choice.ts';
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
  const title = `${viaWords(call) || `${call.sdk} ${call.api}`}${call.function === null ? '' : ` in ${call.function}`}`;
  const way = wayLines(call, document.workspace);
  const sections = [
    `# ${markdownText(title)}`,
    `**${markdownText(wordsOf(call).cost)}**`,
    choice(call),
    money(call, model),
    way.length === 0 ? '' : `## ${call.via.length > 0 ? 'The way to the request' : 'Callers'}\n\n${block(way, true)}`,
    '## Prompt',
    block(promptMap(call, model), true),
    model === null
      ? ''
      : `## Model\n\n${modelCard(model)
          .map((line) => `- ${markdownText(line)}`)
          .join('\n')}`,
    model === null ? '' : otherWays(call, model, document),
    findings(call, document, context.client.language),
  ];
  return { title: printable(title), markdown: `${sections.filter((section) => section !== '').join('\n\n')}\n`, range };
};

/** The models that the call may use, or how to say which. */
function choice(call: LlmCall): string {
  const [head, ...rows] = choiceRows(call).map((row) => `| ${row.map(markdownText).join(' | ')} |`);
  if (head !== undefined) return [head, '|---|---:|---:|---|', ...rows].join('\n');
  return call.model.value === null ? markdownText(HOW_TO_DECLARE.join(' ')) : '';
}

/** How the cost is made up, or why it is unknown. */
function money(call: LlmCall, model: Model | null): string {
  const { input, output } = call.tokens;
  if (call.model.value === null && call.model.hint === null) return '';
  if (model === null)
    return 'The model or its price is unknown, so no cost is shown. You can add prices under `prices` in `farthing.config.json`.';
  const price = priceAt(model, input.expected);
  const rate = (nanos: number | null): string => (nanos === null ? 'unknown' : formatRate(nanos));
  const lines = [
    '| | tokens | $ per million | basis |',
    '|---|---:|---:|---|',
    `| in | ${formatTokens(input)} | ${rate(price.input)} | ${input.basis} |`,
    `| out | ${formatTokens(output)} | ${rate(price.output)} | ${output.basis} |`,
  ];
  const maxOutput = call.outputLimit.tokens ?? model.maxOutput;
  const tail = maxOutput === null || price.output === null ? '' : longest(call, maxOutput, price.output);
  return `${lines.join('\n')}${tail}`;
}

function longest(call: LlmCall, maxOutput: number, rate: number): string {
  const why = call.outputLimit.tokens === null ? "the model's maximum, because the call sets no limit" : 'the limit';
  return `\n\nThe longest possible answer, ${formatCount(maxOutput)} tokens (${why}), costs ${formatDollars(maxOutput * rate)}.`;
}

function otherWays(call: LlmCall, model: Model, { workspace }: AnalysedDocument): string {
  const found = whatIf(call, model, workspace.catalogueAt(call.origin.path));
  if (found === null) return '';
  const [head = [], ...rows] = found.rows.map((row) => `| ${row.map(markdownText).join(' | ')} |`);
  const table = [head, '|---|---:|---:|', ...rows].join('\n');
  return `## What if\n\n${table}${found.note === null ? '' : `\n\n${found.note}`}`;
}

function findings(call: LlmCall, { diagnostics }: AnalysedDocument, language: Language): string {
  const ofCall = diagnostics.filter((diagnostic) => diagnostic.call === call.id);
  if (ofCall.length === 0) return 'No findings.';
  return `## Findings\n\n${ofCall.map(({ rule, message }) => `- **${rule}**: ${markdownText(message(language))}`).join('\n')}`;
}
