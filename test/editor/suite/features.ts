/** What is shown beside the code of a file that is opened. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEditors,
  eventually,
  fileUri,
  finding,
  findingsOf,
  hoverAt,
  lensesOf,
  lensLinesOf,
  openFile,
  placeOf,
} from './support.ts';

suite('an open file', () => {
  suiteTeardown(closeEditors);

  test('opening a file starts the extension', async () => {
    const extension = vscode.extensions.getExtension('farthing.farthing-vscode');
    assert.ok(extension, 'the extension is not there');
    await openFile('src/answer.ts');
    await eventually('activation', () => extension.isActive);
  });

  test('a finding has its rule, a link to the document of the rule, and the money', async () => {
    const diagnostic = await finding(fileUri('src/answer.ts'), 'unbounded-output');
    assert.equal(diagnostic.source, 'farthing');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(diagnostic.message, /No output limit: .*\$1\.28/);
    assert.ok(typeof diagnostic.code === 'object', 'the code has no link');
    assert.match(diagnostic.code.target.path, /docs\/rules\/unbounded-output\.md$/);
  });

  test('only what is open is read before a scan is asked for', () => {
    assert.deepEqual(findingsOf(fileUri('jobs/titles.py')), []);
  });

  test('a model that was shut down is an error, struck through', async () => {
    const { document } = await openFile('jobs/titles.py');
    const diagnostic = await finding(document.uri, 'retired-model');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.deepEqual(diagnostic.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.match(diagnostic.message, /2026-10-23/);
  });

  test('a lens above the call has its cost with its basis, and the tokens', async () => {
    const { document } = await openFile('src/answer.ts');
    const lenses = await eventually('the lens', async () => {
      const lines = await lensLinesOf(document.uri);
      return lines.size === 1 && lines;
    });
    assert.match(
      lenses.get(6) ?? '',
      /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed \| [\d,]+ to [\d,]+ in \| [\d,]+ to 1,000 out \| \d findings?$/,
    );
  });

  test('a declared volume gives the cost of a month', async () => {
    const { document } = await openFile('src/triage.ts');
    const [lens] = await eventually('the lens', async () => {
      const lenses = await lensesOf(document.uri);
      return lenses.length > 0 && lenses;
    });
    assert.match(lens?.command?.title ?? '', /\/month at 50k/);
  });

  test('a hover on the model has its price, with source and date, and other ways to make the call', async () => {
    const { document } = await openFile('src/answer.ts');
    const text = await eventually('the hover', () => hoverAt(document, placeOf(document, 'gpt-6-sol', 3)));
    assert.match(text, /per million: \$[\d.]+ in, \$[\d.]+ out/);
    assert.match(text, /as of \d{4}-\d\d-\d\d/);
    assert.match(text, /\| as it is \| &#126;\$/);
    assert.match(text, /\| as a batch \(24 h\) \| &#126;\$[\d.]+ \| -50% \|/);
  });

  test('a hover on the prompt has its sections with their stability', async () => {
    const { document } = await openFile('src/answer.ts');
    const text = await eventually('the hover', () => hoverAt(document, placeOf(document, 'Answer in one paragraph')));
    assert.match(text, /system \d+ \| user \w+/);
    assert.match(text, /\[stable \d+\]/);
  });

  test('inside a model argument the models of the provider are offered, with prices', async () => {
    const { document } = await openFile('src/answer.ts');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      placeOf(document, 'gpt-6-sol', 4),
    );
    const item = list.items.find(({ label }) => label === 'gpt-6-luna');
    assert.match(item?.detail ?? '', /^\$[\d.]+ in, \$[\d.]+ out per million$/);
    assert.ok(!list.items.some(({ label }) => String(label).startsWith('claude')), 'models of another provider');
  });

  test('typing takes a finding away and brings it back', async () => {
    const editor = await openFile('src/answer.ts');
    const { document } = editor;
    await editor.edit((builder) =>
      builder.insert(placeOf(document, '    messages:'), '    max_completion_tokens: 20,\n'),
    );
    await eventually('no finding', () => findingsOf(document.uri).length === 0);
    assert.equal((await lensLinesOf(document.uri)).size, 1);
    await vscode.commands.executeCommand('undo');
    await finding(document.uri, 'unbounded-output');
    assert.equal(document.isDirty, false);
  });
});
