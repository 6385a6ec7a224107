/** The options of a target: who answers instead of the one that a request was meant for. */
import { either, fun, oneOf, recordOf, secret, such, text } from '../../support/schema.ts';
import { FORMAT_NAMES } from '../../translate/format-names.ts';
import type { TranslatedTarget } from './redirect.ts';

export const targetFields = {
  model: text(),
  // An address may hold a key.
  baseURL: secret(such<string>('an address such as https://host/v1', isAddress)),
  apiKey: secret(either<string | (() => string)>(text(), fun())),
  headers: recordOf(secret(such<string>('a header value', isHeaderValue))),
  format: oneOf(FORMAT_NAMES),
};

/** A translated request receives nothing of the original one's headers, its key included. */
export function targetProblem({ format, baseURL }: TranslatedTarget): string | null {
  return format !== undefined && baseURL === undefined ? '`format` needs the `baseURL` of a server that has it.' : null;
}

function isAddress(input: unknown): boolean {
  return typeof input === 'string' && /^https?:$/.test(URL.parse(input)?.protocol ?? '');
}

function isHeaderValue(input: unknown): boolean {
  if (typeof input !== 'string') return false;
  try {
    return new Headers({ name: input }).has('name');
  } catch {
    return false;
  }
}
