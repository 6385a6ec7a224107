/** What an extension asks beyond the protocol: breakdown, report, summary, a rule's document. */
import { expect, test } from 'vitest';
import type { Breakdown, ReportResult, Summary } from '../../server/src/lsp/protocol.ts';
import { commandReport } from '../support/scan-text.ts';
import { workspace } from '../support/workspace.ts';

const TEXT = `from openai import OpenAI

client = OpenAI()


class Desk:
    def ask(self):
        # farthing: calls=2k/month
        return client.chat.completions.create(model="gpt-6-sol", messages=[{"role": "user", "content": "Say hello."}])


def embed(texts):
    return client.embeddings.create(model="text-embedding-3-small", input=texts)
`;
const OPTIONS = { initializationOptions: { hasClientCommands: true } };

test('the breakdown of a call: its figures, its prompt, its model, other ways, its findings', async () => {
  const editor = await workspace({ 'a.py': TEXT }, OPTIONS);
  await editor.show('a.py');
  const [call, embedding] = commandReport(editor.root, 'a.py', TEXT).calls;
  const ask = (id: string | undefined): Promise<Breakdown | null> =>
    editor.request('farthing/breakdown', { uri: editor.uri('a.py'), call: id });
  const found = await ask(call?.id);
  expect(found).toMatchObject({
    title: 'openai chat.completions in Desk.ask',
    range: { start: editor.at('a.py', 'client.chat'), end: editor.at('a.py', '."}])', true) },
  });
  const headings = found?.markdown.match(/^##? .*/gm);
  expect(headings).toEqual([
    '# openai chat.completions in Desk.ask',
    '## What if',
    '## Prompt',
    '## Model',
    '## Findings',
  ]);
  expect(found?.markdown).toMatch(
    /\*\*&#126;\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), &#126;\$[\d.]+\/month at 2k, assumed\*\*/,
  );
  expect(found?.markdown).toMatch(
    /\| in \| about \d+ \| \$2 \| \$[\d.]+ \| assumed \|\n\| out \| 20 to 1,000 \| \$10 \| \$[\d.]+ \| assumed \|/,
  );
  expect(found?.markdown).toMatch(
    /The longest possible answer, 128,000 tokens \(the model's maximum, because the call sets no limit\), costs \$1\.28\./,
  );
  expect(found?.markdown).toContain('- unbounded-output: ');
  expect((await ask(embedding?.id))?.markdown).toContain('No findings.');
  expect(await ask('none')).toBeNull();
});

test('the report is that of a scan, with its words', async () => {
  const editor = await workspace({ 'src/a.py': TEXT, 'src/b.py': TEXT });
  await editor.request('farthing/scanWorkspace', {});
  const { reports, rules, isWholeWorkspace } = await editor.request<ReportResult>('farthing/report', null);
  expect(isWholeWorkspace).toBe(true);
  expect(rules.map(({ id }) => id)).toContain('unbounded-output');
  expect(rules[0]).toEqual({
    id: expect.any(String),
    summary: expect.any(String),
    technique: expect.any(String),
    url: expect.stringMatching(/^https:/),
  });
  const [report] = reports;
  expect(report?.rootUri).toBe(editor.uri('.').replace(/\/\.?$/, ''));
  expect(report?.stats.files).toBe(2);
  const scanned = commandReport(editor.root, 'src/a.py', TEXT);
  expect(report?.calls.filter(({ path }) => path === 'src/a.py')).toEqual(scanned.calls);
  expect(report?.diagnostics.filter(({ path }) => path === 'src/a.py')).toEqual(scanned.diagnostics);
  expect(Object.keys(report?.words ?? {})).toEqual(report?.calls.map(({ id }) => id));
  expect(Object.values(report?.words ?? {})[0]).toMatchObject({
    model: 'gpt-6-sol (literal)',
    output: '20 to 1,000 out',
  });
});

test('the summary of a document never adds costs up', async () => {
  const editor = await workspace({
    'a.py': TEXT,
    'b.py': 'print(1)\n',
    'c.py': TEXT.replace('"gpt-6-sol"', '"unheard-of"'),
  });
  const ask = async (name: string): Promise<Summary | null> => {
    await editor.show(name);
    return editor.request('farthing/summary', { uri: editor.uri(name) });
  };
  expect(await ask('a.py')).toMatchObject({
    calls: 2,
    findings: 1,
    cost: expect.stringMatching(/^~\$[\d.]+ per 1,000 calls$/),
  });
  expect((await ask('a.py'))?.details).toContain('1 call has no price');
  expect(await ask('b.py')).toMatchObject({ calls: 0, findings: 0, cost: null });
  expect(await ask('c.py')).toMatchObject({ calls: 2, cost: 'price unknown' });
  await editor.open('untitled:x', 'markdown', '');
  expect(await editor.request('farthing/summary', { uri: 'untitled:x' })).toBeNull();
});

test('the packages for language models are those of the manifests, and no file of code is read for them', async () => {
  const editor = await workspace({
    'package.json': '{ "dependencies": { "openai": "^6", "axios": "1" } }',
    'api/requirements.txt': 'langchain-openai\nboto3\ndify-client\nlangbase\n',
    'api/a.py': TEXT,
  });
  expect(await editor.request('farthing/packages', null)).toEqual([
    { name: 'openai', isRead: true },
    { name: 'langchain-openai', isRead: true },
    { name: 'dify-client', isRead: false },
    { name: 'langbase', isRead: false },
  ]);
  expect((await editor.request<ReportResult>('farthing/report', null)).reports[0]?.calls).toEqual([]);
});

test('a rule is explained as the command explains it', async () => {
  const editor = await workspace({});
  const text = await editor.request<string>('farthing/explain', { rule: 'unbounded-output' });
  expect(text).toMatch(/^# unbounded-output\n\n/);
  expect(text).toContain('```');
  expect(text).not.toContain('~~~');
});

test('an extension is told when results change', async () => {
  const editor = await workspace({ 'a.py': TEXT }, OPTIONS);
  await editor.show('a.py');
  await editor.next('farthing/changed');
  const before = editor.received.length;
  await editor.replace('a.py', 'gpt-6-sol', 'gpt-6-luna');
  await editor.next('farthing/changed', () => true, before);
});
