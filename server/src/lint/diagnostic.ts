/** A finding as it is reported: its rule, its configured severity, and the position where it is shown. */
import type { Language } from '@farthing/shared/language';
import type { Range } from '@farthing/shared/range';
import type { Confidence, Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { Fix } from '../edits/fix.ts';
import type { Origin } from '../ir/origin.ts';
import type { Positions } from '../ir/positions.ts';
import type { Finding, Related } from '../rules/rule.ts';
import type { Directive } from './directives.ts';

export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Plain data created by the rule: see its `Data` type. Null for a finding about a comment. */
  readonly data: unknown;
  readonly message: (language: Language) => string;
  /** How much less one call costs once it is fixed, in nano-dollars; null if that is nothing or unknown. */
  readonly saving: Range | null;
  /** In the file of its call, whatever the finding is about; other locations are related information. */
  readonly origin: Origin;
  /** The call's id; null for a finding about a comment. */
  readonly call: string | null;
  readonly related: readonly Related[];
  /**
   * Fixes that can be applied to the code as it is, best first; computed on demand. A fix for a name that other files
   * may use is included only while all calls of the workspace are known.
   */
  readonly fixes: () => readonly Fix[];
  /** The fixes that the rule states, whether or not they can be applied. */
  readonly statedFixes: () => readonly Fix[];
}

/** Comments and positions of files. */
export interface CodeComments {
  readonly directives: (path: string) => readonly Directive[];
  readonly positions: (path: string) => Positions;
}

/**
 * A finding is about a call, and is shown at the call. A finding about the call as a whole points at its beginning and
 * method rather than at all its lines.
 */
export function locate(
  { origin, related = [] }: Pick<Finding<unknown>, 'origin' | 'related'>,
  call: LlmCall,
): Pick<Diagnostic, 'origin' | 'related'> {
  const callee: Origin = { ...call.origin, end: call.methodOrigin.end };
  if (origin.path !== call.origin.path) {
    return { origin: callee, related: [{ origin, text: subjectOf(origin, call) }, ...related] };
  }
  if (origin.start >= call.origin.start && origin.end <= call.origin.end) {
    const isWhole = origin.start === call.origin.start && origin.end === call.origin.end;
    return { origin: isWhole ? callee : origin, related };
  }
  const text = { en: 'The call that this finding is about.', es: 'La llamada a la que se refiere este hallazgo.' };
  return { origin, related: [{ origin: callee, text }, ...related] };
}

function subjectOf({ path, start }: Origin, { model, outputLimit }: LlmCall): Related['text'] {
  const isAt = (place: Origin | null): boolean => place?.path === path && place.start === start;
  if (isAt(model.origin)) {
    return { en: "The model's name is written here.", es: 'El nombre del modelo está escrito aquí.' };
  }
  if (isAt(outputLimit.origin)) {
    return { en: 'The output limit is written here.', es: 'El límite de salida está escrito aquí.' };
  }
  return { en: 'This finding is about the code here.', es: 'Este hallazgo se refiere al código escrito aquí.' };
}
