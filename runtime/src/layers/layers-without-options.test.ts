import { expect, test } from 'vitest';
import { memoryStores } from '../stores/memory/memory.ts';
import type { Stores } from '../stores/store.ts';
import type { LayerTools } from './definition.ts';
import type { FeatureOptions } from './feature-options.ts';
import { resolveDefinition } from './resolve/definition.ts';
import { shapeDefinition } from './shape/definition.ts';

/** Only what these definitions ask for. */
function toolsFor(features: readonly FeatureOptions[]): LayerTools {
  const tools: Pick<LayerTools, 'byFeature' | 'someFeature' | 'stores'> = {
    stores: memoryStores() as Required<Stores>,
    byFeature: (make) => () => make({}),
    someFeature: (meets) => features.some(meets),
  };
  return tools as LayerTools;
}

/** A layer with nothing to do would still cost each call a promise and an entry in its passage. */
test.each<[string, boolean, Readonly<Record<string, string>>, readonly FeatureOptions[]]>([
  ['without options', false, {}, [{ outputLimit: 9 }]],
  ['with an alias', true, { fast: 'gpt-6-luna' }, []],
  ["with a feature's model", true, {}, [{}, { model: 'fast' }]],
])('models are resolved: %s, %s', (_, isMade, aliases, features) => {
  expect(resolveDefinition.create({ aliases }, toolsFor(features)) !== null).toBe(isMade);
});

test.each<[string, boolean, FeatureOptions, readonly FeatureOptions[]]>([
  ['without options', false, {}, [{ model: 'fast' }, { promptCaching: false }]],
  ['with an output limit', true, { outputLimit: 100 }, []],
  ['with marked prompts', true, { promptCaching: true }, []],
  ["with a feature's output limit", true, {}, [{ outputLimit: 9 }]],
  ["with a feature's context", true, {}, [{ context: { minifyJson: true } }]],
  ['with a context that leaves out nothing', false, { context: { minifyJson: false, exactTools: ['read'] } }, []],
  ["with a feature's marked prompts", true, {}, [{}, { promptCaching: true }]],
])('requests are shaped: %s, %s', (_, isMade, { promptCaching = false, ...limits }, features) => {
  expect(shapeDefinition.create({ shape: { ...limits, promptCaching } }, toolsFor(features)) !== null).toBe(isMade);
});
