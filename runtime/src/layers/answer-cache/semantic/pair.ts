import type { LanguageName } from '../../../semantic/judge/language.ts';
import { signatureOf } from '../../../semantic/judge/signature.ts';
import { digest } from '../../support/digest.ts';

/** Names two questions of a space, in either order and in all wordings that the judge compares as the same words. */
export function pairOf(space: string, one: string, other: string, language: LanguageName): string {
  const signatures = [signatureOf(one, language), signatureOf(other, language)].sort();
  return digest(JSON.stringify(['pair', space, ...signatures]));
}
