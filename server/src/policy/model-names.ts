/** Which of the models that a call may use a policy does not allow. */
import type { ModelLimit } from '@farthing/shared/config-parts/policy';
import type { ReportCall } from '@farthing/shared/report';
import type { ProviderName } from '@farthing/shared/vocabulary';

/** The catalogue's name of a model, whose code may have another spelling of it; null if the catalogue does not know it. */
export type CanonicalName = (path: string, provider: ProviderName, name: string) => string | null;

export interface Outside {
  readonly outside: readonly string[];
  /** True if the call can use no model that is allowed. */
  readonly isCertain: boolean;
  /** True if no model is known. */
  readonly isUnknown: boolean;
}

export function modelsOutside({ allow, deny }: ModelLimit, call: ReportCall, canonical: CanonicalName): Outside {
  const { value, hint, alternatives, open } = call.model;
  const known = alternatives.length > 0 ? alternatives.map(({ name }) => name) : [value ?? hint ?? []].flat();
  const outside = known.filter((name) => {
    const names = [name, canonical(call.path, call.provider, name) ?? name];
    const isIn = (patterns: readonly string[]) => names.some((one) => patterns.some((pattern) => fits(pattern, one)));
    return isIn(deny) || (allow !== null && !isIn(allow));
  });
  const isCertain = (value !== null || !open) && outside.length === known.length && known.length > 0;
  return { outside, isCertain, isUnknown: known.length === 0 };
}

/** `*` is any text. Without expressions that a long name could make slow. */
function fits(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (!text.startsWith(start)) return false;
  const end = rest.pop();
  if (end === undefined) return text === start;
  let at = start.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - end.length >= at && text.endsWith(end);
}
