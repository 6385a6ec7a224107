/** Which models can be declared for calls whose model the code leaves open. */
import type { Localised } from '@farthing/shared/language';
import { printable } from '@farthing/shared/printable';
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../../calls/call.ts';
import { createProposals, isOpenModel } from '../../calls/propose-models.ts';
import type { AnalysedDocument } from '../context.ts';

export interface ModelDeclaration {
  readonly title: Localised;
  readonly provider: ProviderName;
  readonly data: DeclareModel;
}

/** What is needed to write the declaration: plain data, because the client stores it. */
export interface DeclareModel {
  readonly action: 'declare-model';
  readonly models: readonly string[];
  /** Set where the file pays several providers. */
  readonly provider?: ProviderName;
}

/** More models than this are offered together. */
const MAX_SINGLE = 3;

/** Each model that is likely, and all of them together. @param isWanted of the calls of the document, which it is about */
export function modelDeclarations(
  { calls, workspace, path }: AnalysedDocument,
  isWanted: (call: LlmCall) => boolean,
  maxSingle = MAX_SINGLE,
): readonly ModelDeclaration[] {
  const open = calls.filter(isOpenModel);
  const wanted = open.filter(isWanted);
  if (wanted.length === 0) return [];
  const propose = createProposals(calls, workspace.catalogueAt(path));
  const isMixed = new Set(open.map(({ provider }) => provider)).size > 1;
  return wanted.flatMap((call): readonly ModelDeclaration[] => {
    const { provider } = call;
    const models = propose(call)?.models ?? [];
    const choices = [...models.slice(0, maxSingle).map((model) => [model]), ...(models.length > 1 ? [models] : [])];
    return choices.map((choice) => ({
      title: titleOf(choice),
      provider,
      data: { action: 'declare-model', models: choice, ...(isMixed ? { provider } : {}) },
    }));
  });
}

function titleOf(models: readonly string[]): Localised {
  const [first = ''] = models;
  const name = printable(first);
  return models.length === 1
    ? { en: `Declare the model of this file: ${name}`, es: `Declarar el modelo de este archivo: ${name}` }
    : {
        en: `Declare the models of this file: any of ${models.length}`,
        es: `Declarar los modelos de este archivo: cualquiera de ${models.length}`,
      };
}
