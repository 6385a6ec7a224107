/**
 * The headers of a request that may choose who answers it, or how: a gateway's provider and configuration, an organisation,
 * a version, a beta. Every gateway has its own, so all headers count except those known to have no effect on the answer:
 * transport, client libraries, and ids for tracing.
 *
 * Keys count as digests, because another key may be another account, with other models and rules behind the same names.
 */
import { LRUCache } from 'lru-cache';
import { isSecretName } from '../../core/secrets.ts';
import { digest } from './digest.ts';

/** Sorted by name. */
export function tellingHeaders(headers: Headers): readonly (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  for (const [name, value] of headers) {
    const kind = kindOf(name);
    if (kind === 'telling') found.push([name, value]);
    else if (kind === 'secret') found.push([name, accountOf(value)]);
  }
  return found;
}

type Kind = 'silent' | 'telling' | 'secret';

/** Programs send few different names. The limit bounds the memory if names come from outside. */
const kinds = new LRUCache<string, Kind>({ max: 1000 });

function kindOf(name: string): Kind {
  let kind = kinds.get(name);
  if (kind === undefined) {
    kind = isSilent(name) ? 'silent' : isSecretName(name) ? 'secret' : 'telling';
    kinds.set(name, kind);
  }
  return kind;
}

/** Each call sends its key, and digesting it takes longer than the rest of this file. The limit bounds the memory. */
const accounts = new LRUCache<string, string>({ max: 1000 });

function accountOf(value: string): string {
  const key = accountIn(value);
  let account = accounts.get(key);
  if (account === undefined) {
    account = digest(key);
    accounts.set(key, account);
  }
  return account;
}

function isSilent(name: string): boolean {
  return SILENT.has(name) || SILENT_BEGINNINGS.some((beginning) => name.startsWith(beginning)) || isIdHeader(name);
}

/** AWS signatures differ for each request. The account is identified by the key that signs. */
function accountIn(value: string): string {
  if (!value.startsWith('AWS4-')) return value;
  return /^AWS4-[\w-]+ Credential=([^/,\s]+)/.exec(value)?.[1] ?? value;
}

/** True for the id of a request, a trace or a session: it has no effect on the answer, and some servers return it. */
export function isIdHeader(name: string): boolean {
  return ID.test(name);
}

/** Ids of a request, a trace, a session or a log entry. */
const ID =
  /(?:^|[-_])(?:(?:call|correlation|event|generation|log|parent|request|run|session|span|trace|transaction)[-_]?id|(?:session|span)[-_](?:name|path)|trace(?:parent|state)|idempotency-key)$/;

const SILENT: ReadonlySet<string> = new Set([
  // Transport.
  'accept',
  'accept-encoding',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'dnt',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'origin',
  'pragma',
  'priority',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'true-client-ip',
  'upgrade',
  'upgrade-insecure-requests',
  'via',
  'x-client-ip',
  'x-real-ip',
  // Client libraries, and names of applications.
  'anthropic-dangerous-direct-browser-access',
  'helicone-user-id',
  'http-referer',
  'user-agent',
  'x-client-name',
  'x-client-version',
  'x-goog-api-client',
  'x-litellm-spend-logs-metadata',
  'x-ms-useragent',
  'x-openrouter-categories',
  'x-openrouter-title',
  'x-requested-with',
  'x-server-timeout',
  'x-title',
  // AWS and Azure signatures.
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-ms-date',
  // Traces.
  'b3',
  'baggage',
  'newrelic',
  'sentry-trace',
  'langsmith-trace',
]);

const SILENT_BEGINNINGS: readonly string[] = [
  'amz-sdk-',
  'cf-connecting-',
  'cf-ip',
  'cf-ray',
  'cf-visitor',
  'grpc-trace-',
  'helicone-omit-',
  'helicone-property-',
  'ot-tracer-',
  'sec-',
  'x-b3-',
  'x-cloud-trace-',
  'x-datadog-',
  'x-forwarded-',
  'x-instana-',
  'x-newrelic-',
  'x-ot-',
  'x-stainless-',
];
