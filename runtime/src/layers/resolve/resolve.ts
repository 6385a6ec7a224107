/** Replaces model names: aliases of the application, and the model that a feature is set to. */
import { withModel } from '../../core/exchange.ts';
import type { Layer } from '../../core/pipeline.ts';

export interface ResolveLayerOptions {
  /** From a name used in requests to a model. An alias may refer to another one; a cycle stops where it began. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The model that a feature is set to, whatever its requests ask for. */
  readonly modelOf: (feature: string | null) => string | undefined;
}

/** @example resolve({ aliases: { fast: 'gpt-6-luna' }, modelOf: (feature) => (feature === 'triage' ? 'fast' : undefined) }) */
export function resolve({ aliases, modelOf }: ResolveLayerOptions): Layer {
  return (next) =>
    function resolved(exchange) {
      const { feature } = exchange.context;
      const asked = exchange.facts.model;
      const chosen = modelOf(feature) ?? asked;
      const model = chosen === null ? null : follow(aliases, chosen);
      if (model === null || model === asked) return next(exchange);
      const reason = chosen === asked ? `alias "${asked}"` : `feature "${feature}" uses it`;
      exchange.log.decide({ layer: 'resolve', outcome: 'resolved', model, reason });
      return next(withModel(exchange, model));
    };
}

/** The model that an alias names, over any number of them. */
export function follow(aliases: Readonly<Record<string, string>>, name: string): string {
  const seen = new Set<string>();
  let current = name;
  while (Object.hasOwn(aliases, current) && !seen.has(current)) {
    seen.add(current);
    current = aliases[current] ?? current;
  }
  return current;
}
