/** `textDocument/hover`: other ways to make the call and prices on a model, tokens by section and stability on a prompt. */
import type { Language } from '@farthing/shared/language';
import { type Hover, type HoverParams, MarkupKind, type Range } from 'vscode-languageserver';
import type { LlmCall, PromptSegment } from '../../calls/call.ts';
import { segmentsOf } from '../../calls/facts/prompt-prefix.ts';
import type { Origin } from '../../ir/origin.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { isCostOfCallers, measuredWords, modelOf, predictedWords, runWords, wordsOf } from '../markdown/call-facts.ts';
import { callWay } from '../markdown/feature-way.ts';
import { modelFacts, modelSource } from '../markdown/model-card.ts';
import { modelChoice } from '../markdown/model-choice.ts';
import { type Page, text, writePage } from '../markdown/page.ts';
import { promptMap } from '../markdown/prompt-map.ts';
import { whatIf } from '../markdown/what-if.ts';

export const hover: Handler<HoverParams, Hover | null> = ({ textDocument, position }, context) => {
  if (!context.settings().hover.enabled) return null;
  const document = context.document(textDocument.uri);
  if (document === null) return null;
  const offset = document.offsetAt(position);
  const holds = (origin: Origin | null): origin is Origin =>
    origin !== null && origin.path === document.path && origin.start <= offset && offset <= origin.end;

  const { language } = context.client;
  for (const call of document.calls) {
    const place = [call.model.origin, call.modelArgument].find(holds);
    if (place) return shown(onModel(call, document, language), document.rangeOf(place), context);
  }
  // A prompt is inside its call, and a method's name is not inside the prompt.
  for (const call of document.calls) {
    const segment = segmentsOf(call.sections).find(({ origin }) => holds(origin));
    if (segment) return shown(onPrompt(call, document, language), rangeOf(segment, document), context);
  }
  for (const call of document.calls) {
    if (holds(call.methodOrigin))
      return shown(onModel(call, document, language), document.rangeOf(call.methodOrigin), context);
  }
  return null;
};

/** What can be decided here comes first: a hover is a dozen lines high. */
function onModel(call: LlmCall, document: AnalysedDocument, language: Language): Page {
  const { workspace, locationOf } = document;
  const run = runWords(call, language);
  return [
    ...costPage(call, document, language),
    ...measuredPage(call, language),
    ...(run === '' ? [] : [text(run)]),
    ...modelChoice(call, document, language),
    ...callWay(call, { workspace, locationOf, language }),
  ];
}

/** Measured against what the code says, and why they differ. */
function measuredPage(call: LlmCall, language: Language): Page {
  const [predicted, ...why] = predictedWords(call, language);
  if (predicted === undefined) return [];
  return [text(measuredWords(call, language)), { kind: 'list', items: [[predicted], ...why.map((one) => [one])] }];
}

function costPage(call: LlmCall, document: AnalysedDocument, language: Language): Page {
  const { workspace } = document;
  const messages = messagesIn(language).editor;
  const name = call.model.value ?? call.model.hint;
  const model = modelOf(call, workspace);
  const cost = text(messages.thisCall(wordsOf(call, workspace, language).cost));
  if (name === null) {
    return call.modelChoice.alternatives.length > 0 ? [cost] : [text(messages.howToDeclare.join(' '))];
  }
  const title: Page = [{ kind: 'strong', text: `${name} (${call.provider})` }];
  if (model === null) return [...title, text(messages.priceUnknown), ...modelSource(call, document, language)];
  return [
    ...title,
    cost,
    ...(isCostOfCallers(call, workspace) ? [] : whatIf(call, model, workspace.catalogueAt(call.origin.path), language)),
    ...modelFacts(model, language),
    ...modelSource(call, document, language),
  ];
}

function onPrompt(call: LlmCall, { workspace }: AnalysedDocument, language: Language): Page {
  return [{ kind: 'lines', lines: promptMap(call, modelOf(call, workspace), language) }];
}

function rangeOf({ origin }: PromptSegment, document: AnalysedDocument): Range | null {
  return origin === null ? null : document.rangeOf(origin);
}

function shown(page: Page, range: Range | null, { client }: ServerContext): Hover {
  const kind = client.takesMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return {
    contents: { kind, value: writePage(page, client.takesMarkdown) },
    ...(range === null ? {} : { range }),
  };
}
