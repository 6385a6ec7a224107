/** Edits based on the provider's own list of replacements. */
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import type { LlmCall } from '../../calls/call.ts';
import type { Fix } from '../../edits/fix.ts';
import type { CallContext } from '../rule.ts';
import { changeOfModel } from './change-model.ts';
import { forEveryUse } from './describe-location.ts';
import { callsSharingModel } from './shared-model.ts';

/** The maximum number of successive replacements: no published list is longer. */
const MAX_STEPS = 8;

/**
 * If a replacement will itself be shut down, its own replacement is used; none if no model at the end of the list stays
 * available.
 */
export function replacementFixes(
  call: LlmCall,
  model: Model,
  { catalogue, index }: Pick<CallContext, 'catalogue' | 'index'>,
): readonly Fix[] {
  const lasting = lastingReplacement(model, catalogue);
  // Another audio model may refuse formats, voices and sizes, and only some models translate.
  if (call.family === 'audio' || call.family === 'image') return [];
  const { origin } = call.model;
  const users = callsSharingModel(call, index);
  if (lasting === null || origin === null || users === null) return [];
  const { id, replacement } = lasting;
  const isReasoningNew = model.capabilities?.reasoning === false && replacement?.capabilities?.reasoning === true;
  const change = { catalogue, index, sharing: users };
  const operations =
    changeOfModel(call, model, id, { ...change, isReasoningNew }) ??
    changeOfModel(call, model, id, { ...change, isReasoningNew: false });
  if (operations === null) return [];
  const where = call.model.source === 'literal' ? null : forEveryUse(origin, call.origin);
  const isEmbedding = call.family === 'embedding';
  const title = {
    en: `Use ${id}, the provider's own replacement${isEmbedding ? '; embed again what is stored' : ''}${where?.en ?? ''}`,
    es: `Usar ${id}, el sustituto del propio proveedor${isEmbedding ? '; vuelve a generar los vectores guardados' : ''}${where?.es ?? ''}`,
  };
  return [{ title, safety: 'suggested', operations }];
}

interface Lasting {
  readonly id: string;
  /** Null if the catalogue only knows that it replaces another model. */
  readonly replacement: Model | null;
}

function lastingReplacement(model: Model, catalogue: Catalogue): Lasting | null {
  let id = model.retirement?.replacement ?? null;
  for (let step = 0; step < MAX_STEPS && id !== null; step++) {
    const replacement = catalogue.find(model.provider, id);
    if (replacement === null || replacement.retirement === null) return { id, replacement };
    id = replacement.retirement.replacement;
  }
  return null;
}
