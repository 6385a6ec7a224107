/** What was measured stands above the call, and in its hover beside what the code alone says. */
import { mkdirSync } from 'node:fs';
import type { MeasuredFile } from '@farthing/shared/measured/measured';
import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { lensLines } from '../support/lenses.ts';
import { commandReport } from '../support/scan-text.ts';
import { workspace } from '../support/workspace.ts';

const TEXT = `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = () => client.responses.create({ model: 'gpt-6-luna', input: 'Hello' });
`;

function measuredOf(call: string | undefined): MeasuredFile {
  const spread = (value: number) => ({ p5: value, p50: value, p95: value, p99: value, max: value });
  return {
    version: 1,
    imported: '2026-11-30T00:00:00.000Z',
    prices: { source: 'a table', date: '2026-11-29' },
    sites: [
      {
        call: call ?? null,
        isFeature: false,
        place: null,
        revision: '3f2a1c0000000000000000000000000000000000',
        lines: ['000000000000'],
        from: '2026-11-20T00:00:00.000Z',
        to: '2026-11-27T00:00:00.000Z',
        calls: 84_000,
        answered: 42_000,
        reused: 42_000,
        failed: 0,
        priced: 42_000,
        cost: 42_000 * 12_300_000,
        tokens: {
          input: 42_000_000,
          cachedInput: 0,
          cacheWrite: 0,
          cacheWriteLong: 0,
          output: 42_000 * 300,
          reasoning: 0,
        },
        perCall: { cost: spread(12_300_000), input: spread(1000), output: spread(300), latency: null },
        models: [
          { provider: 'openai', model: 'gpt-6-luna', answered: 42_000, priced: 42_000, cost: 1, input: 1, output: 1 },
        ],
      },
    ],
  };
}

test('the lens and the hover say what was measured, from the moment at which it is imported', async () => {
  const editor = await workspace({ 'a.ts': TEXT, 'farthing.config.json': '{}' });
  await editor.show('a.ts');
  const before = await lensLines(editor, 'a.ts');
  expect(before.join()).not.toContain('measured');
  const [call] = commandReport(editor.root, 'a.ts', TEXT).calls;
  mkdirSync(editor.path('.farthing'));
  await editor.save('.farthing/measured.json', JSON.stringify(measuredOf(call?.id)));
  const [lens] = await lensLines(editor, 'a.ts');
  expect(lens).toMatch(
    /^\$0\.0123 per call measured \(n 42,000, 7 days until 2026-11-27, at 3f2a1c0\) \| 12k calls\/day \| 50% from cache \| 1 line changed since \| 1,000 in/,
  );
  const position = { line: 2, character: TEXT.split('\n')[2]?.indexOf('create') ?? 0 };
  const hover = await editor.request<Hover>('textDocument/hover', {
    textDocument: { uri: editor.uri('a.ts') },
    position,
  });
  const text = (hover.contents as MarkupContent).value.replaceAll('\\', '');
  expect(text).toMatch(/measured \(n 42,000/);
  expect(text).toMatch(/the code alone says: &#126;\$/);
  expect(text).toMatch(/input: 1,000 tokens measured, .* predicted/);
});
