import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';

/** `1 call`, `2 calls`. */
export function plural(value: number, one: string, many = `${one}s`, language: Language = 'en'): string {
  return `${formatCount(value, language)} ${value === 1 ? one : many}`;
}
