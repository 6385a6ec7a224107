import { expect, test } from 'vitest';
import { contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatGitlab } from './gitlab.ts';

test('the fields that GitLab asks for, with a fingerprint that no other finding has', () => {
  const issues = JSON.parse(formatGitlab(reportFixture(), contextFixture));
  expect(issues).toEqual([
    {
      description: 'No output limit: one answer can run to 128,000 tokens ($1.28).',
      check_name: 'unbounded-output',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}:1$/),
      severity: 'major',
      location: { path: 'src/answer.ts', lines: { begin: 42 } },
    },
    expect.objectContaining({
      description: expect.stringMatching(/^cell 4, 2:1: /),
      severity: 'minor',
      location: { path: 'notebooks/rag.ipynb', lines: { begin: 302 } },
    }),
  ]);
  const same = reportFixture({ diagnostics: [findingFixture({}), findingFixture({})] });
  const prints = JSON.parse(formatGitlab(same, contextFixture)).map(
    ({ fingerprint }: { fingerprint: string }) => fingerprint,
  );
  expect(new Set(prints).size).toBe(2);
});

test('no findings is an empty list', () => {
  expect(formatGitlab(reportFixture({ diagnostics: [] }), contextFixture)).toBe('[]\n');
});
