/**
 * Spans that an SDK's own instrumentation has opened around a call (OpenTelemetry's and OpenInference's packages,
 * OpenLLMetry, the Vercel AI SDK): a second one would count every call twice.
 */
import { OPERATION, REQUEST_MODEL } from './attributes.ts';

/** OpenInference's name for what a span is about. https://arize-ai.github.io/openinference/spec/ */
const OPENINFERENCE_KIND = 'openinference.span.kind';

/** Operations that are one request to a model; an agent's or a tool's span may hold several. */
const REQUESTS: ReadonlySet<unknown> = new Set(['chat', 'text_completion', 'generate_content', 'embeddings']);
const KINDS: ReadonlySet<unknown> = new Set(['LLM', 'EMBEDDING']);

/** True for a span that stands for one request to a model. What a span holds, only those of an SDK that records it tell. */
export function isRequestSpan(span: object | undefined): boolean {
  const { attributes } = (span ?? {}) as { readonly attributes?: Readonly<Record<string, unknown>> };
  if (attributes === undefined || attributes === null) return false;
  const { [OPERATION]: operation, [OPENINFERENCE_KIND]: kind } = attributes;
  if (operation !== undefined) return REQUESTS.has(operation);
  if (kind !== undefined) return KINDS.has(kind);
  return attributes[REQUEST_MODEL] !== undefined;
}
