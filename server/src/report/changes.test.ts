import { describe, expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../cli/formats/fixture.ts';
import { changedPart, changesIn } from './changes.ts';

const DIFF = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -3,4 +3,4 @@ function f
 three
-four
+four, changed
 five
 six
@@ -20,2 +20,0 @@
-twenty
-twenty-one
diff --git "a/gr\\303\\266\\303\\237e.py" "b/gr\\303\\266\\303\\237e.py"
new file mode 100644
--- /dev/null
+++ "b/gr\\303\\266\\303\\237e.py"
@@ -0,0 +1,2 @@
+one
+two
\\ No newline at end of file
diff --git a/gone.ts b/gone.ts
deleted file mode 100644
--- a/gone.ts
+++ /dev/null
@@ -1 +0,0 @@
-one
`;

test('lines that were added or replaced, and where lines were removed', () => {
  expect([...changesIn(DIFF)]).toEqual([
    ['src/a.ts', [3.5, 4, 20.5, 20.5]],
    ['größe.py', [1, 2]],
  ]);
});

describe('what changed lines are in', () => {
  const call = (id: string, line: number, endLine: number) => callFixture({ id, path: 'src/a.ts', line, endLine });
  const report = reportFixture({
    calls: [call('above', 1, 2), call('changed', 4, 6), call('cut', 18, 22), call('below', 21, 30)],
    diagnostics: [
      findingFixture({ call: 'above', path: 'src/a.ts', line: 1, endLine: 1 }),
      findingFixture({ call: 'changed', path: 'src/a.ts', line: 6, endLine: 6 }),
      findingFixture({ call: 'below', path: 'src/models.ts', line: 9, endLine: 9 }),
      findingFixture({ call: null, path: 'src/a.ts', line: 20, endLine: 21, rule: 'cut' }),
    ],
  });
  const located = {
    pathOf: ({ path }: { path: string }) => path,
    linesInFile: ({ line, endLine }: { line: number; endLine: number }) => ({ line, endLine }),
  };
  const idsOf = (diff: ReturnType<typeof changesIn>) => {
    const { calls, diagnostics } = changedPart(report, diff, located);
    return [calls.map(({ id }) => id), diagnostics.map(({ rule, call: id }) => id ?? rule)];
  };

  test('calls, their findings, and findings elsewhere with their calls', () => {
    expect(idsOf(changesIn(DIFF))).toEqual([
      ['changed', 'cut'],
      ['changed', 'cut'],
    ]);
    expect(idsOf(new Map([['src/models.ts', [9]]]))).toEqual([['below'], ['below']]);
    expect(idsOf(new Map([['src/models.ts', 'all']]))).toEqual([['below'], ['below']]);
    expect(idsOf(new Map())).toEqual([[], []]);
  });
});
