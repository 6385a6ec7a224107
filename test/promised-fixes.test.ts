/** What a report says of a fix is true: `suggested` and `safe` stand for edits that exist, `none` for none. */
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../server/src/analyzer.ts';
import { makeTree } from '../server/src/workspace/testing.ts';

/** Each finding's rule with what the report says of its fix, and whether one of its fixes can be written. */
function fixesIn(
  root: string,
): readonly { readonly rule: string; readonly said: string; readonly isWritable: boolean }[] {
  const options = { config: DEFAULT_CONFIG, configFolder: root, cache: null, now: new Date('2026-11-22') };
  const { report, workspace } = scan({ root, paths: [root], ...options });
  const findings = workspace
    .found()
    .flatMap((path) =>
      workspace
        .findings(path)
        .map((finding) => ({ ...workspace.code.positions(path).at(finding.origin.start), path, finding })),
    );
  return report.diagnostics.map(({ rule, fix, path, line, column }) => {
    const at = findings.filter((one) => one.path === join(root, path) && one.line === line && one.column === column);
    const fixes = at.filter(({ finding }) => finding.rule === rule).flatMap(({ finding }) => finding.fixes());
    return { rule, said: fix, isWritable: fixes.some((one) => workspace.editsOf(one) !== null) };
  });
}

test('in the fixtures of all rules', () => {
  const found = fixesIn(join(import.meta.dirname, 'fixtures/rules'));
  expect(found.filter(({ said, isWritable }) => (said !== 'none') !== isWritable)).toEqual([]);
  expect(found.filter(({ isWritable }) => isWritable).length).toBeGreaterThan(20);
});

test('a name that is put together has no place for another one', () => {
  const call = (model: string): string => `import OpenAI from 'openai';
export const ask = (input: string) => new OpenAI().responses.create({ model: ${model}, max_output_tokens: 9, input });
`;
  const root = makeTree({ 'a.ts': call("'gpt-4-turbo'"), 'b.ts': call("'gpt-4-' + 'turbo'") });
  expect(fixesIn(root)).toEqual([
    { rule: 'retired-model', said: 'suggested', isWritable: true },
    { rule: 'retired-model', said: 'none', isWritable: false },
  ]);
});
