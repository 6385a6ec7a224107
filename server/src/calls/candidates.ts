/** The models that a call may use: what the code names, or what the configuration declares in its place. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { DeclaredModel } from '@farthing/shared/config-defaults';
import type { Family, ProviderName } from '@farthing/shared/vocabulary';
import type { SdkCall } from '../sdks/trail-result.ts';
import type { AnalysisContext } from './analyse.ts';
import type { Candidate, Candidates } from './estimate/estimate-models.ts';
import type { NamedModels } from './model-alternatives.ts';
import { sellerOf } from './payer.ts';
import type { ModelName } from './request.ts';

export interface DeclaredForCall {
  readonly models: readonly DeclaredModel[];
  /** True where models with a price that the code names come before them. */
  readonly isFallback: boolean;
}

/**
 * @param declared what the configuration declares about the call; null if nothing
 * @param leadsToMore true for a feature call with requests that were not read: its settings may be for their providers
 * @param relativePath the form in which reports name files
 */
export function candidatesOf(
  call: SdkCall,
  model: NamedModels & ModelName,
  declared: DeclaredForCall | null,
  leadsToMore: boolean,
  { catalogue, relativePath }: Pick<AnalysisContext, 'catalogue' | 'relativePath'>,
): Candidates {
  const candidate = (one: Omit<Candidate, 'provider' | 'known'>, paid: ProviderName | null): Candidate => {
    const provider = paid ?? sellerOf(call, one.name, catalogue);
    return { ...one, provider, known: catalogue.find(provider, one.name) };
  };
  const named = model.models.map(({ provider, setting, ...rest }) =>
    candidate(
      { ...rest, share: null, setting: setting && { path: relativePath(setting.path), line: setting.line } },
      setting !== null && leadsToMore ? 'any' : provider,
    ),
  );
  const list = sold(withSellers(named), call.call.family);
  // What the code is certain of needs no declaration, and cannot be declared away.
  const isCertain = model.value !== null;
  if (
    declared !== null &&
    !isCertain &&
    !(declared.isFallback && list.some(({ known }) => known?.price.input != null))
  ) {
    const models = declared.models.map(({ name, share }) =>
      candidate({ name, share, decidedBy: 'declared', origin: null, setting: null }, null),
    );
    return { list: models, isOpen: false, byDefault: null };
  }
  return { list, isOpen: model.isOpen, byDefault: model.hint };
}

/** A name that clients of several providers may be given belongs to those of them that sell such a model. */
function withSellers(named: readonly Candidate[]): readonly Candidate[] {
  const known = new Set(named.flatMap((one) => (one.known === null ? [] : [one.name])));
  return named.filter((one) => one.known !== null || !known.has(one.name));
}

/**
 * Settings, and types of what a caller may pass, often name models of several providers and for several kinds of calls:
 * where any is known, those that this call can use are.
 */
function sold(named: readonly Candidate[], asked: Family): readonly Candidate[] {
  const isStated = ({ decidedBy }: Candidate) => decidedBy === 'settings' || decidedBy === 'caller';
  if (!named.some((one) => isStated(one) && one.known !== null)) return named;
  return named.filter((one) => !isStated(one) || (one.known !== null && isOfKind(one.known, asked)));
}

function isOfKind({ family }: Model, asked: Family): boolean {
  return family === asked || (family === 'text' && asked === 'agent');
}
