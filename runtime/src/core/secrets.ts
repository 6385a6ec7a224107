/**
 * Keys in a request: they are sent only to their recipient, and never recorded. They are in headers and in the query of
 * an address, and are recognised by their names, because every gateway has its own.
 */
import { percentDecoded } from '../support/percent.ts';

const SECRET_NAME = /auth|key|token|secret|cookie|passw|credential|signature|^sig$/i;
/** Shorter values are placeholders (`none`, `ollama`), and parts of many words. */
const SHORTEST = 8;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The address without the parameters that contain keys. */
export function withoutSecretParameters(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return url;
  const [query = '', ...fragment] = url.slice(at + 1).split('#');
  const kept = query.split('&').filter((part) => !isSecretName(nameIn(part)));
  return [`${url.slice(0, at)}${kept.length === 0 ? '' : `?${kept.join('&')}`}`, ...fragment].join('#');
}

/** The query parameters of an address that are keys, as they are written there. */
export function secretParameters(url: string): readonly string[] {
  const query = /\?([^#]*)/.exec(url)?.[1]?.split('&') ?? [];
  return query.filter((part) => isSecretName(nameIn(part)));
}

/** Everything that authorises a request, in each form in which it may be quoted. */
export function secretsOf({ headers, url }: { readonly headers: Headers; readonly url: string }): readonly string[] {
  const found: string[] = [];
  for (const [name, value] of headers) {
    // `Bearer KEY`: the key may also be quoted without the word before it.
    if (isSecretName(name)) found.push(value, value.slice(value.indexOf(' ') + 1));
  }
  for (const part of secretParameters(url)) {
    const value = part.slice(part.indexOf('=') + 1);
    found.push(value, percentDecoded(value));
  }
  return [...new Set(found)].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** The text with each secret replaced by `[key]`. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);
}

function nameIn(parameter: string): string {
  return percentDecoded(parameter.split('=', 1)[0] ?? '');
}
