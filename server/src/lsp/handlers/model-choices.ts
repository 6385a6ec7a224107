/** `farthing/modelChoices`: the models that a call may use of which the code names none, for a list to choose from. */
import { printable } from '@farthing/shared/printable';
import { CodeActionKind } from 'vscode-languageserver';
import { messagesIn } from '../../report/messages/index.ts';
import type { Handler } from '../context.ts';
import { modelDeclarations } from '../edits/model-declarations.ts';
import { describePrice } from '../markdown/model-card.ts';
import type { ModelOption } from '../protocol.ts';

/** A list to choose from holds more than a menu. */
const MAX_MODELS = 12;

interface Parameters {
  readonly uri: string;
  readonly call: string;
}

export const modelChoices: Handler<Parameters, readonly ModelOption[] | null> = ({ uri, call: id }, context) => {
  const document = context.document(uri);
  if (!document?.calls.some((call) => call.id === id)) return null;
  const { language } = context.client;
  const { card, choice } = messagesIn(language).editor;
  const catalogue = document.workspace.catalogueAt(document.path);
  return modelDeclarations(document, (call) => call.id === id, MAX_MODELS).map(({ title, provider, data }) => {
    const [first = '', ...others] = data.models;
    const model = others.length > 0 ? null : catalogue.find(provider, first);
    return {
      label: others.length > 0 ? choice.anyOf(data.models.length) : printable(first),
      price:
        model === null
          ? ''
          : card.inList(describePrice({ ...model.price, cacheRead: null, cacheWrite: null }, language)),
      action: { title: title[language], kind: CodeActionKind.QuickFix, data: { ...data, uri } },
    };
  });
};
