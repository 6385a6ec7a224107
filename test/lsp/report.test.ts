/** What the cost report shows beside the terminal's JSON: owners, and figures in words. */
import { expect, test } from 'vitest';
import { REPORT, type ReportResult, SCAN_WORKSPACE } from '../../server/src/lsp/protocol.ts';
import { workspace } from '../support/workspace.ts';

const YES_OR_NO = `import OpenAI from 'openai';
new OpenAI().chat.completions.create({
  model: 'gpt-6-sol',
  max_completion_tokens: 5,
  messages: [{ role: 'user', content: 'Is snow white? Answer only yes or no.' }],
});
`;

test('the report names the owners of files, and what a call costs and a fix saves', async () => {
  const files = {
    '.git/HEAD': '',
    CODEOWNERS: '* @all\nsrc/ @search @ada\n',
    'src/a.ts': YES_OR_NO,
    'b.ts': YES_OR_NO,
  };
  const editor = await workspace(files);
  await editor.request(SCAN_WORKSPACE, {});
  const [report] = (await editor.request<ReportResult>(REPORT, null)).reports;
  expect(report?.owners).toEqual({ 'src/a.ts': ['@search', '@ada'], 'b.ts': ['@all'] });
  expect(report?.calls.map(({ id }) => report.words[id]?.perCall)).toEqual([
    expect.stringMatching(/^~?\$[\d.]+ per 1,000 calls$/),
    expect.stringMatching(/^~?\$[\d.]+ per 1,000 calls$/),
  ]);
  expect(report?.diagnostics.map(({ rule }, index) => [rule, report.savings[index]])).toEqual([
    ['oversized-model', expect.stringMatching(/^~?\$[\d.]+ per 1,000 calls$/)],
    ['oversized-model', expect.stringMatching(/^~?\$[\d.]+ per 1,000 calls$/)],
  ]);
});

test('without owners the report has none', async () => {
  const editor = await workspace({ 'a.ts': YES_OR_NO });
  await editor.request(SCAN_WORKSPACE, {});
  expect((await editor.request<ReportResult>(REPORT, null)).reports[0]?.owners).toBeNull();
});
