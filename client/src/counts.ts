/** Counts with their noun, in the user's language: `1 call`, `2 calls`. */
import { env, l10n } from 'vscode';

export function countCalls(count: number): string {
  return count === 1 ? l10n.t('1 call') : l10n.t('{0} calls', formatted(count));
}

export function countFindings(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', formatted(count));
}

export function countFiles(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatted(count));
}

function formatted(count: number): string {
  return count.toLocaleString(env.language);
}
