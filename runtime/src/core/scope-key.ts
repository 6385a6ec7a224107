/** The scope that a cap or a limit applies to: each feature, user, ... separately, or all calls together. */
import { hash } from 'node:crypto';
import type { Exchange } from './pipeline.ts';

export const PER = ['total', 'feature', 'user', 'tenant', 'model', 'key', 'budget'] as const;
export type Per = (typeof PER)[number];

export interface Whom {
  /** What is counted separately: each feature, each user, ..., or all calls together. */
  readonly per: Per;
  /** Only this feature, user, .... Default: each of them. */
  readonly only?: string;
}

/** The properties of a call that are counted by. */
export type Countable = Pick<Exchange, 'context' | 'headers' | 'url'> & {
  readonly facts: Pick<Exchange['facts'], 'model'>;
};

/** `feature:chat`, `total`; null if the call is not counted: a call without a user belongs to no user. */
export function countedAs(call: Countable, { per, only }: Whom): string | null {
  const name = nameOf(call, per);
  return name === null || (only !== undefined && only !== name) ? null : keyOf(per, name);
}

export function keyOf(per: Per, name: string): string {
  return per === 'total' ? 'total' : `${per}:${name}`;
}

/** `feature "chat"`, for people. */
export function describeWhom(key: string): string {
  const at = key.indexOf(':');
  return at < 0 ? key : `${key.slice(0, at)} "${key.slice(at + 1)}"`;
}

function nameOf({ context, facts, headers, url }: Countable, per: Per): string | null {
  switch (per) {
    case 'total':
      return '';
    case 'model':
      return facts.model;
    case 'key':
      return keyFingerprint(headers, url);
    default:
      return context[per];
  }
}

/** Keys are distinguished by the beginning of their hash, and are never stored. */
function keyFingerprint(headers: Headers, url: string): string | null {
  const key =
    headers.get('authorization') ??
    headers.get('x-api-key') ??
    headers.get('api-key') ??
    headers.get('x-goog-api-key') ??
    /[?&]key=([^&#]+)/.exec(url)?.[1];
  return key === undefined ? null : hash('sha256', key, 'hex').slice(0, 12);
}
