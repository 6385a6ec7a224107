import { expect, test } from 'vitest';
import { importsIn } from './search-imports.ts';

test('finds imports, exports from other modules, and what is required or imported at run time', () => {
  const text = `import './polyfill';
import OpenAI, { type ClientOptions } from "openai";
import type { Rules } from '@/rules';
export * from './models';
export {
  ask,
  tell as say,
} from './ask';
const tools = require('./tools');
const late = await import('./late');
import again from './ask';
`;
  expect(importsIn(text)).toEqual(['./polyfill', 'openai', '@/rules', './models', './ask', './tools', './late']);
});

test('does not take a sentence for an import', () => {
  expect(importsIn("const fromage = 'brie'; // important 'cheese' is imported\n")).toEqual([]);
});
