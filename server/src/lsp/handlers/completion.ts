/** `textDocument/completion`: model names with their prices, inside a model argument's text. */

import type { Model } from '@farthing/shared/catalogue/catalogue';
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionParams,
  MarkupKind,
} from 'vscode-languageserver';
import type { LlmCall } from '../../calls/call.ts';
import { messagesIn } from '../../report/messages/index.ts';
import type { AnalysedDocument, Handler } from '../context.ts';
import { describePrice, modelCard } from '../markdown/model-card.ts';
import { writePage } from '../markdown/page.ts';

/** `model: "gp|`, `model_name='`, `modelId: \``: also matches while the rest of the line is missing. */
const MODEL_ARGUMENT = /\b(?:model|modelId|model_id|modelName|model_name)["']?\s*[:=]\s*(["'`])([\w.:/@-]*)$/;
const NAME = /[\w.:/@-]*$/;

export const completion: Handler<CompletionParams, CompletionItem[]> = ({ textDocument, position }, context) => {
  const document = context.document(textDocument.uri);
  if (document === null) return [];
  const offset = document.offsetAt(position);
  const line = document.text.slice(document.text.lastIndexOf('\n', offset - 1) + 1, offset);
  const named = document.calls.find(({ model }) => isInside(model.origin, offset, document));
  if (named === undefined && !MODEL_ARGUMENT.test(line)) return [];
  const call = named ?? callAround(document, offset);
  const typed = NAME.exec(line)?.[0] ?? '';
  const behind = /^[\w.:/@-]*/.exec(document.text.slice(offset, offset + 100))?.[0] ?? '';
  const range = {
    start: { line: position.line, character: position.character - typed.length },
    end: { line: position.line, character: position.character + behind.length },
  };
  const { language } = context.client;
  const { card } = messagesIn(language).editor;
  const models = modelsFor(call, document, context.now(), typed);
  return models.map((model, index): CompletionItem => {
    const isGone = model.retirement !== null && Date.parse(model.retirement.date) <= context.now().getTime();
    const kind = context.client.takesMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    return {
      label: model.id,
      kind: CompletionItemKind.EnumMember,
      detail: card.inList(describePrice({ ...model.price, cacheRead: null, cacheWrite: null }, language)),
      documentation: { kind, value: writePage(modelCard(model, language), context.client.takesMarkdown) },
      sortText: String(index).padStart(4, '0'),
      ...(isGone ? { tags: [CompletionItemTag.Deprecated] } : {}),
      textEdit: { range, newText: model.id },
    };
  });
};

function isInside(origin: LlmCall['model']['origin'], offset: number, { path, text }: AnalysedDocument): boolean {
  if (origin === null || origin.path !== path) return false;
  // An expression that refers to a model defined elsewhere is no place to write a name.
  return origin.start < offset && offset < origin.end && /["'`]/.test(text[origin.start] ?? '');
}

/** The innermost call around the position; incomplete code may have none. */
function callAround({ calls }: AnalysedDocument, offset: number): LlmCall | undefined {
  return calls.filter(({ origin }) => origin.start <= offset && offset <= origin.end).at(-1);
}

/** Newest first, then cheapest. Retired models are only offered once their name is being typed. */
function modelsFor(
  call: LlmCall | undefined,
  { workspace, path }: AnalysedDocument,
  now: Date,
  typed: string,
): readonly Model[] {
  const family = call?.family === 'embedding' ? 'embedding' : 'text';
  const isGone = ({ retirement }: Model): boolean =>
    retirement !== null && Date.parse(retirement.date) <= now.getTime();
  const isPriced = ({ price }: Model): boolean => price.input !== null;
  return workspace
    .catalogueAt(path)
    .models(call?.provider)
    .filter((model) => model.family === family && isPriced(model))
    .filter((model) => !isGone(model) || (typed.length > 2 && model.id.startsWith(typed)))
    .toSorted((a, b) => (b.generation ?? 0) - (a.generation ?? 0) || (a.price.input ?? 0) - (b.price.input ?? 0));
}
