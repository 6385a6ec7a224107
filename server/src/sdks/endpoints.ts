/**
 * Plain HTTP requests to a provider: from the text of a URL and the request's body to what is asked for. The report
 * names them all `http.post`; the family and the fields' roles come from the URL's path.
 */

import { HOSTS, providerOfUrl } from '@farthing/shared/hosts';
import type { ProviderName } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText, OPAQUE, withoutNull } from '../evaluate/lattice.ts';
import type { TextValue, Value } from '../evaluate/values.ts';
import type { CallDescriptor, EndpointDescriptor, Role } from './descriptor.ts';
import { ENDPOINTS } from './descriptors/endpoints.ts';

/** The subject of a request to a URL. */
export interface Asked {
  readonly provider: ProviderName;
  readonly call: CallDescriptor;
  /** The model, if the URL names it. */
  readonly model: Value | null;
  /** Roles that the body must have for the request to be a call; empty if the URL is enough. */
  readonly demands: readonly Role[];
}

/**
 * What a POST to `url` asks for, or null if it is not a provider's address. `base` is the client's base address, which
 * an absolute URL replaces. Unknown parts of the address are holes; a hole with a default counts as the default.
 */
export function askedOf(
  url: Value | null,
  base: Value | null,
  overrides: Readonly<Record<string, ProviderName>>,
): Asked | null {
  const bases = base === null ? [''] : spellings(base).map(({ text }) => withScheme(text));
  let fallback: Asked | null = null;
  for (const { text: path, holes } of url === null ? [NO_SPELLING] : spellings(url)) {
    const isAbsolute = /^(?:https?:|\ue000)/i.test(path);
    for (const start of isAbsolute ? [''] : bases) {
      if (!isAbsolute && start === '') continue;
      const asked = match(path === '' ? start : join(start, path), holes, overrides);
      if (asked !== null && asked.provider !== 'openai-compatible') return asked;
      fallback ??= asked;
    }
  }
  return fallback;
}

/** What an address begins with where nothing tells which of the services with such a path it is of. */
const EXAMPLE_HOST = 'https://api.openai.com';

/**
 * An address of the same kind as `url`, if a request to it asks a model for text: null for any other value. What is not
 * known of it is left out.
 */
export function exampleAddress(url: Value): string | null {
  for (const { text, holes } of spellings(url)) {
    const path = /^(?:https?:|\ue000|\/)/i.test(text) ? text : `/${text}`;
    const absolute = /^https?:/i.test(path) ? path : `${EXAMPLE_HOST}${path.replace(HOLE, '')}`;
    if (match(absolute, holes, {})?.call.family !== 'text') continue;
    return (path.startsWith('/') ? path : absolute).replace(HOLES, 'x');
  }
  return null;
}

/** Some connections are opened to the host alone. */
function withScheme(base: string): string {
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/.test(base) ? `https://${base}` : base;
}

function join(base: string, path: string): string {
  return base === '' ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function match(
  address: string,
  holes: readonly Value[],
  overrides: Readonly<Record<string, ProviderName>>,
): Asked | null {
  const parts = /^(?:https?:\/\/([^/?#]*))?([^?#]*)/i.exec(address);
  const host = parts?.[1] ?? '';
  const path = (parts?.[2] ?? '').replace(/\/+$/, '');
  const isKnownHost = host !== '' && !HOLE.test(host);
  const provider = providerOfUrl(address, overrides);
  if (provider === null && isKnownHost && !/chat\/completions$/.test(path)) return null;
  for (const endpoint of ENDPOINTS) {
    const found = endpoint.path.exec(path);
    if (found === null) continue;
    if (provider === null && endpoint.unknownHost === 'never') return null;
    return {
      provider: provider ?? endpoint.format ?? 'openai-compatible',
      call: callOf(endpoint),
      model: modelOf(found.groups?.model ?? MODEL_PARAMETER.exec(address)?.[1], holes),
      demands: provider === null && typeof endpoint.unknownHost === 'object' ? endpoint.unknownHost.body : [],
    };
  }
  return null;
}

/** Where the address's query names the model (Deepgram). */
const MODEL_PARAMETER = /[?&]model=([^&#]+)/;

function callOf(endpoint: EndpointDescriptor): CallDescriptor {
  return {
    api: 'http.post',
    family: endpoint.family,
    roles: endpoint.roles,
    limit: endpoint.limit ?? {},
    ...(endpoint.markers === undefined ? {} : { markers: endpoint.markers }),
    ...(endpoint.isSystemSeparate === true ? { isSystemSeparate: true } : {}),
    ...(endpoint.streaming === undefined ? {} : { streaming: endpoint.streaming }),
  };
}

/** A private-use character for each hole: `\ue000` is the first. */
const HOLE = /[\ue000-\uf8ff]/;
const HOLES = /[\ue000-\uf8ff]/g;
const FIRST_HOLE = 0xe000;
const LAST_HOLE = 0xf8ff;

/** One way to write an address; each unknown part is a hole character, whose value is in `holes`. */
interface Spelling {
  readonly text: string;
  readonly holes: readonly Value[];
}

const NO_SPELLING: Spelling = { text: '', holes: [] };
/** An address that is joined from parts with alternatives each has their product of spellings; the rest is not looked at. */
const MAX_SPELLINGS = 16;

function spellings(value: Value): readonly Spelling[] {
  switch (value.kind) {
    case 'text':
      return value.segments.reduce<readonly Spelling[]>(
        (starts, part) => {
          if (part.kind === 'literal') return starts.map(({ text, holes }) => ({ text: text + part.text, holes }));
          const ends = spellings(part.value);
          return starts.flatMap((start) => ends.map((end) => joined(start, end))).slice(0, MAX_SPELLINGS);
        },
        [NO_SPELLING],
      );
    case 'number':
      return [{ text: String(value.value), holes: [] }];
    case 'oneOf':
      return alternativesOf(withoutNull(value)).flatMap(spellings).slice(0, MAX_SPELLINGS);
    case 'unknown':
      return value.hint === null ? [hole(value)] : spellings(value.hint);
    default:
      return [hole(value)];
  }
}

function hole(value: Value): Spelling {
  return { text: String.fromCharCode(FIRST_HOLE), holes: [value] };
}

/** `end`'s holes are numbered after those of `start`. */
function joined(start: Spelling, end: Spelling): Spelling {
  const text = end.text.replace(HOLES, (character) =>
    String.fromCharCode(Math.min(character.charCodeAt(0) + start.holes.length, LAST_HOLE)),
  );
  return { text: start.text + text, holes: [...start.holes, ...end.holes] };
}

function modelOf(name: string | undefined, holes: readonly Value[]): Value | null {
  if (name === undefined) return null;
  if (name.length === 1 && HOLE.test(name)) return holes[name.charCodeAt(0) - FIRST_HOLE] ?? OPAQUE;
  if (HOLE.test(name)) return OPAQUE;
  const text: TextValue = { kind: 'text', segments: [{ kind: 'literal', text: name, origin: null }], origin: null };
  return text;
}

/**
 * The provider of a client's base address, by its host; `openai-compatible` for an undeclared address, and for one that
 * the request or a caller decides. Null if it is most likely the SDK's own address, which only an environment or a
 * configuration could change.
 */
export function providerOfBase(base: Value, overrides: Readonly<Record<string, ProviderName>>): ProviderName | null {
  for (const { text } of spellings(base)) {
    const provider = providerOfUrl(text, overrides);
    if (provider !== null) return provider;
  }
  return alternativesOf(base).every((value) => isSetting(value) || isPlaceholder(value)) ? null : 'openai-compatible';
}

/** `https://...` in an example is a placeholder for an address. */
function isPlaceholder(value: Value): boolean {
  return /^\s*(?:https?:\/\/)?[^a-z\d]*$/i.test(literalText(value) ?? 'a');
}

function isSetting(value: Value): boolean {
  return (
    value.kind === 'unknown' &&
    (value.reason === 'environment' || value.reason === 'configuration') &&
    (value.hint === null || value.hint.kind === 'null')
  );
}

/** What follows the host in a client's base address: a version, a part of the provider's service, or nothing. */
const BASE_PATH = /^(?:\/(?:v\d\w*|api|openai|inference))*(?:(?<=beta\d?)\/models)?$/;

/** True for an address that requests for a model's answer can be sent to, or that their addresses begin with. */
export function isRequestAddress(address: string): boolean {
  const path = (/^https?:\/\/[^/?#\s]+([^?#\s]*)$/i.exec(address)?.[1] ?? null)?.replace(/\/+$/, '');
  if (path === undefined) return false;
  if (/\/chat\/completions$/.test(path)) return true;
  if (providerOfUrl(address) === null) return false;
  return BASE_PATH.test(path) || ENDPOINTS.some((endpoint) => endpoint.path.test(path));
}

/** Hosts with a port, for the prefilter. */
export const PORT_MARKERS: readonly string[] = HOSTS.filter((rule) => /^\*:\d+$/.test(rule.host)).map((rule) =>
  rule.host.slice(1),
);
