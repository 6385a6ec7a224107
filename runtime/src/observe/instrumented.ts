/**
 * Recognises spans that an SDK's own instrumentation has opened around a call (packages of OpenTelemetry and
 * OpenInference, OpenLLMetry, the Vercel AI SDK): a second span would count every call twice.
 */
import { OPERATION, REQUEST_MODEL } from './attributes.ts';

/** OpenInference's name for the kind of a span. https://arize-ai.github.io/openinference/spec/ */
const OPENINFERENCE_KIND = 'openinference.span.kind';

/** Operations that are one request to a model; a span of an agent or a tool may contain several. */
const REQUESTS: ReadonlySet<unknown> = new Set(['chat', 'text_completion', 'generate_content', 'embeddings']);
const KINDS: ReadonlySet<unknown> = new Set(['LLM', 'EMBEDDING']);

/**
 * True for a span that represents one request to a model. Only spans of an SDK that records them have readable
 * attributes.
 */
export function isRequestSpan(span: object | undefined): boolean {
  const { attributes } = (span ?? {}) as { readonly attributes?: Readonly<Record<string, unknown>> };
  if (attributes === undefined || attributes === null) return false;
  const { [OPERATION]: operation, [OPENINFERENCE_KIND]: kind } = attributes;
  if (operation !== undefined) return REQUESTS.has(operation);
  if (kind !== undefined) return KINDS.has(kind);
  return attributes[REQUEST_MODEL] !== undefined;
}
