/** Texts in which what is compared may not be what a reader sees. */

/** Longer texts carry content, not only a question. */
const LONGEST = 500;

/** Why a text cannot be compared word by word; null if it can. */
export function whyUnreadable(text: string): string | null {
  if (text.length > LONGEST) return `one of them has more than ${LONGEST} characters`;
  if (HIDDEN.test(text)) return 'one of them contains invisible or control characters';
  if (OTHER_SCRIPT.test(text)) return 'one of them contains letters of another script';
  if (/\n\s*\S/.test(text.trim())) return 'one of them has several lines';
  return null;
}

/** Controls, marks of direction, joiners, private characters and halves of characters. */
const HIDDEN = /[\p{Cf}\p{Co}\p{Cs}\p{Cn}]|[^\P{Cc}\t\n\r]/u;
/** Homoglyphs, full-width forms, and marks that are combined with letters. */
const OTHER_SCRIPT = /(?![\p{Script=Latin}0-9])[\p{L}\p{N}\p{M}]|[\uFF00-\uFFEF]/u;
