/** `textDocument/hover`: prices and alternatives on a model, tokens by section and stability on a prompt. */
import { type Hover, type HoverParams, MarkupKind, type Range } from 'vscode-languageserver';
import type { LlmCall, PromptSegment } from '../../calls/call.ts';
import { segmentsOf } from '../../calls/facts/prompt-prefix.ts';
import type { Origin } from '../../ir/origin.ts';
import type { AnalysedDocument, Handler, ServerContext } from '../context.ts';
import { modelOf, runWords, wordsOf } from '../markdown/call-facts.ts';
import { wayLines } from '../markdown/feature-way.ts';
import { modelCard } from '../markdown/model-card.ts';
import { choiceLines, HOW_TO_DECLARE } from '../markdown/model-choice.ts';
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

  for (const call of document.calls) {
    const place = [call.model.origin, call.modelArgument].find(holds);
    if (place) return shown(onModel(call, document), document.rangeOf(place), context);
  }
  // A prompt is inside its call, and a method's name is not inside the prompt.
  for (const call of document.calls) {
    const segment = segmentsOf(call.sections).find(({ origin }) => holds(origin));
    if (segment) return shown(onPrompt(call, document), rangeOf(segment, document), context);
  }
  for (const call of document.calls) {
    if (holds(call.methodOrigin)) return shown(onModel(call, document), document.rangeOf(call.methodOrigin), context);
  }
  return null;
};

function onModel(call: LlmCall, document: AnalysedDocument): readonly string[] {
  const way = wayLines(call, document.workspace);
  return [...priceLines(call, document), ...(way.length > 0 ? ['', ...way] : [])];
}

function priceLines(call: LlmCall, { workspace }: AnalysedDocument): readonly string[] {
  const name = call.model.value ?? call.model.hint;
  const model = modelOf(call, workspace);
  const choice = choiceLines(call);
  if (name === null) return choice.length > 0 ? [`this call: ${wordsOf(call).cost}`, '', ...choice] : HOW_TO_DECLARE;
  if (model === null) {
    return [`${name} (${call.provider})`, 'price unknown: add it under "prices" in farthing.config.json.'];
  }
  const table = whatIf(call, model, workspace.catalogueAt(call.origin.path));
  const { cost } = wordsOf(call);
  const run = runWords(call);
  const more = [...(run === '' ? [] : ['', run]), ...(choice.length > 0 ? ['', ...choice] : [])];
  return [...modelCard(model), '', ...(table === null ? [`this call: ${cost}`] : whatIfLines(table)), ...more];
}

function onPrompt(call: LlmCall, { workspace }: AnalysedDocument): readonly string[] {
  return promptMap(call, modelOf(call, workspace));
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
