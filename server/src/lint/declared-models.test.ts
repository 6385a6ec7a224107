import { expect, test } from 'vitest';
import { createDeclaredModels } from './declared-models.ts';

const model = (name: string) => ({ models: [{ name, share: 1 }] });
const declared = createDeclaredModels(
  [
    { provider: 'openai', ...model('by provider') },
    { provider: 'any', ...model('open provider') },
    { path: 'src/ai/**', provider: 'anthropic', ...model('by path and provider') },
    { function: 'Agent.run', ...model('by function') },
    { call: 'a1', ...model('by id') },
  ],
  '/app',
);

const CALL = {
  id: 'b2',
  function: null,
  origin: { path: '/app/src/a.ts', start: 0, end: 1 },
  provider: 'groq',
} as const;

test.each([
  [{ provider: 'openai' }, 'by provider', true],
  [{ provider: 'any' }, 'open provider', true],
  [{ provider: 'unknown' }, 'open provider', true],
  [{ provider: 'openai', function: 'Agent.run' }, 'by function', false],
  [{ provider: 'openai', id: 'a1' }, 'by id', false],
  [{ provider: 'anthropic', origin: { ...CALL.origin, path: '/app/src/ai/b.ts' } }, 'by path and provider', false],
] as const)('%j', (changes, name, isFallback) => {
  expect(declared({ ...CALL, ...changes })).toEqual({ ...model(name), isFallback });
});

test('a call that no entry is for', () => {
  expect(declared(CALL)).toBeNull();
  expect(
    declared({ ...CALL, provider: 'anthropic', origin: { ...CALL.origin, path: '/else/src/ai/b.ts' } }),
  ).toBeNull();
});
