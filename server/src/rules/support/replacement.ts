/** Edits based on the provider's own list of replacements. */
import { successorOf } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { LlmCall } from '../../calls/call.ts';
import type { Fix } from '../../edits/fix.ts';
import type { CallContext } from '../rule.ts';
import { changeOfModel } from './change-model.ts';
import { forEveryUse } from './describe-location.ts';
import { usersOfModelName } from './shared-model.ts';

/** The maximum number of successive replacements: no published list is longer. */
const MAX_STEPS = 8;

/** The edits that switch to the lasting replacement; none if there is no such model, or if it cannot be put there. */
export function replacementFixes(
  call: LlmCall,
  model: Model,
  { catalogue, index }: Pick<CallContext, 'catalogue' | 'index'>,
): readonly Fix[] {
  const lasting = lastingReplacement(model, catalogue);
  // Another audio model may refuse formats, voices and sizes, and only some models translate.
  if (call.family === 'audio' || call.family === 'image') return [];
  const { origin } = call.model;
  const users = usersOfModelName(call, index);
  if (lasting === null || origin === null || users === null) return [];
  const { id, named, replacement } = lasting;
  const isReasoningNew = model.capabilities?.reasoning === false && replacement?.capabilities?.reasoning === true;
  const change = { catalogue, index, users };
  const operations =
    changeOfModel(call, model, id, { ...change, isReasoningNew }) ??
    changeOfModel(call, model, id, { ...change, isReasoningNew: false });
  if (operations === null) return [];
  const where = call.model.source === 'literal' ? null : forEveryUse(origin, call.origin);
  const isEmbedding = call.family === 'embedding';
  const what =
    id === named
      ? { en: "the provider's own replacement", es: 'el sustituto del propio proveedor' }
      : {
          en: `which follows ${named}, the provider's own replacement`,
          es: `que sigue a ${named}, el sustituto del propio proveedor`,
        };
  const title = {
    en: `Use ${id}, ${what.en}${isEmbedding ? '; embed again what is stored' : ''}${where?.en ?? ''}`,
    es: `Usar ${id}, ${what.es}${isEmbedding ? '; vuelve a generar los vectores guardados' : ''}${where?.es ?? ''}`,
  };
  return [{ title, safety: 'suggested', operations }];
}

interface Lasting {
  readonly id: string;
  /** The model that the provider names for the retired one. */
  readonly named: string;
  /** Null if the catalogue only knows that it replaces another model. */
  readonly replacement: Model | null;
}

/**
 * The model to switch to. A replacement that will itself be shut down leads to its own, and one with a cheaper successor to
 * that one, so that the name is changed once. Null if no model at the end stays available.
 */
export function lastingReplacement({ provider, retirement }: Model, catalogue: Catalogue): Lasting | null {
  const named = retirement?.replacement ?? null;
  let id = named;
  for (let step = 0; step < MAX_STEPS && named !== null && id !== null; step++) {
    const replacement = catalogue.find(provider, id);
    if (replacement === null) return { id, named, replacement };
    if (replacement.retirement === null) {
      const newest = successorOf(catalogue, replacement) ?? replacement;
      return { id: newest === replacement ? id : newest.id, named, replacement: newest };
    }
    id = replacement.retirement.replacement;
  }
  return null;
}
