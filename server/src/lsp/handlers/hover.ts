/** `textDocument/hover`: prices and alternatives on a model, tokens by section and stability on a prompt. */
import type { Language } from '@farthing/shared/language';
import { type Hover, type HoverParams, MarkupKind, type Range } from 'vscode-languageserver';
import type { LlmCall, PromptSegment } from '../../calls/call.ts';
import { segmentsOf } from '../../calls/facts/prompt-prefix.ts';
import type { Origin } from '../../ir/origin.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { modelOf, runWords, wordsOf } from '../markdown/call-facts.ts';
import { wayLines } from '../markdown/feature-way.ts';
import { modelCard } from '../markdown/model-card.ts';
import { choiceLines } from '../markdown/model-choice.ts';
import { promptMap } from '../markdown/prompt-map.ts';
import { block } from '../markdown/table.ts';
import { whatIf, whatIfLines } from '../markdown/what-if.ts';

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

function onModel(call: LlmCall, document: AnalysedDocument, language: Language): readonly string[] {
  const way = wayLines(call, { workspace: document.workspace, language });
  return [...priceLines(call, document, language), ...(way.length > 0 ? ['', ...way] : [])];
}

function priceLines(call: LlmCall, { workspace }: AnalysedDocument, language: Language): readonly string[] {
  const messages = messagesIn(language).editor;
  const name = call.model.value ?? call.model.hint;
  const model = modelOf(call, workspace);
  const choice = choiceLines(call, language);
  const cost = messages.thisCall(wordsOf(call, language).cost);
  if (name === null) return choice.length > 0 ? [cost, '', ...choice] : messages.howToDeclare;
  if (model === null) {
    return [`${name} (${call.provider})`, messages.priceUnknown];
  }
  const table = whatIf(call, model, workspace.catalogueAt(call.origin.path), language);
  const run = runWords(call, language);
  const more = [...(run === '' ? [] : ['', run]), ...(choice.length > 0 ? ['', ...choice] : [])];
  return [...modelCard(model, language), '', ...(table === null ? [cost] : whatIfLines(table)), ...more];
}

function onPrompt(call: LlmCall, { workspace }: AnalysedDocument, language: Language): readonly string[] {
  return promptMap(call, modelOf(call, workspace), language);
}

function rangeOf({ origin }: PromptSegment, document: AnalysedDocument): Range | null {
  return origin === null ? null : document.rangeOf(origin);
}

function shown(lines: readonly string[], range: Range | null, { client }: ServerContext): Hover {
  const kind = client.takesMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return {
    contents: { kind, value: block(lines, client.takesMarkdown) },
    ...(range === null ? {} : { range }),
  };
}
