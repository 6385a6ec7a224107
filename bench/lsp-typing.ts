/** Simulates typing: single characters in a new call, and in the prompt of an existing one. */
import type { Range } from 'vscode-languageserver-protocol';
import { type LanguageClient, uriOf } from '../test/support/language-client.ts';
import type { SampleFile } from './lsp-code.ts';

export interface Keystroke {
  readonly range: Range;
  /** One character; empty where the one in the range is deleted. */
  readonly text: string;
}

const SENTENCE = ' Answer in one sentence.';

/** A new call is typed and taken back, then a sentence in a prompt: behind the last one the text is what it was. */
export function keystrokes({ text, statement, statementAt, promptAt }: SampleFile): readonly Keystroke[] {
  return [...typed(text, statementAt, statement), ...typed(text, promptAt, SENTENCE)];
}

/** Line breaks at the top, and back again: each one moves every diagnostic of the file. */
export function lineBreaks({ text }: SampleFile): readonly Keystroke[] {
  return typed(text, 0, '\n'.repeat(SENTENCE.length));
}

function typed(text: string, offset: number, added: string): readonly Keystroke[] {
  const before = text.slice(0, offset);
  let line = before.split('\n').length - 1;
  let character = offset - (before.lastIndexOf('\n') + 1);
  const strokes = [...added].map((letter) => {
    const start = { line, character };
    if (letter === '\n') line++;
    character = letter === '\n' ? 0 : character + 1;
    return { letter, start, end: { line, character } };
  });
  return [
    ...strokes.map(({ letter, start }) => ({ range: { start, end: start }, text: letter })),
    ...strokes.toReversed().map(({ start, end }) => ({ range: { start, end }, text: '' })),
  ];
}

/** Makes one edit; resolves to the milliseconds from sending it to the arrival of the diagnostics. */
export type Measure = (client: LanguageClient, path: string, keystroke: Keystroke) => Promise<number>;

/** As an editor that asks: the edit and the question follow each other. */
export const byPull: Measure = async (client, path, keystroke) => {
  const sent = performance.now();
  void client.change(path, [keystroke]);
  await client.pull(path);
  return performance.now() - sent;
};

/** As an editor that shows the cost above feature calls: the edit, and the question for lenses. */
export const byLenses: Measure = async (client, path, keystroke) => {
  const sent = performance.now();
  void client.change(path, [keystroke]);
  await lensesOf(client, path);
  return performance.now() - sent;
};

export function lensesOf(client: LanguageClient, path: string): Promise<readonly unknown[]> {
  return client.request('textDocument/codeLens', { textDocument: { uri: uriOf(path) } });
}

/**
 * For a push client: the first diagnostics that arrive after the edit. The edit must change them, because the same
 * diagnostics are not sent twice.
 */
export const byPush: Measure = async (client, path, keystroke) => {
  const sent = performance.now();
  const arrived = new Promise<void>((resolve) => {
    const listener = client.connection.onNotification('textDocument/publishDiagnostics', () => {
      listener.dispose();
      resolve();
    });
  });
  void client.change(path, [keystroke]);
  await arrived;
  return performance.now() - sent;
};
