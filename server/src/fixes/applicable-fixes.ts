/** Fixes that somebody can choose: those that can be written into the code as it is. */

import type { Fix } from '../edits/fix.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Session } from '../workspace/session.ts';
import { editsOf } from './edits-of.ts';

/** The finding without the fixes that have no place in the code: found out once, when somebody asks for its fixes. */
export function offered(
  diagnostic: Diagnostic,
  { textOf, cellsOf, languageOf }: Pick<Session, 'textOf' | 'cellsOf' | 'languageOf'>,
): Diagnostic {
  let fixes: readonly Fix[] | null = null;
  return {
    ...diagnostic,
    fixes: () => {
      fixes ??= diagnostic.fixes().filter((fix) => editsOf(fix, textOf, cellsOf, languageOf) !== null);
      return fixes;
    },
  };
}
