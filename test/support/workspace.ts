/** A folder with files and the built server at work in it, both gone when the test ends. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { DIST, folderWith } from '../run-bundle.ts';
import { type ClientOptions, type LanguageClient, startClient, uriOf } from './language-client.ts';

export interface Workspace extends LanguageClient {
  readonly root: string;
  /** Absolute, of a path in the folder. */
  readonly path: (name: string) => string;
  readonly uri: (name: string) => string;
  /** Opens a file of the folder with what the disk has, or with another text. */
  readonly show: (name: string, text?: string) => Promise<void>;
  /** Writes a file (null removes it) and says so as a client that watches does. */
  readonly save: (name: string, text: string | null) => Promise<void>;
  /** Shows `old` once in the file; replaces it with `text`. Lines and columns are worked out here. */
  readonly replace: (name: string, old: string, text: string) => Promise<void>;
  /** The position of the first `text` in the file as it is shown, or behind it. */
  readonly at: (
    name: string,
    text: string,
    isBehind?: boolean,
  ) => { readonly line: number; readonly character: number };
}

export interface WorkspaceOptions extends Partial<Omit<ClientOptions, 'server'>> {
  /** The launcher of the server and its arguments. */
  readonly server?: readonly string[];
  /** Lines of the log that are expected. Any other fails the test. */
  readonly expectedLog?: RegExp;
}

const CREATED = 1;
const CHANGED = 2;
const DELETED = 3;

export async function workspace(
  files: Readonly<Record<string, string>>,
  { expectedLog, ...options }: WorkspaceOptions = {},
): Promise<Workspace> {
  const root = folderWith(files);
  const client = await startClient({ server: [join(DIST, 'lsp.cjs'), '--stdio'], root, ...options });
  onTestFinished(async () => {
    const status = client.process.exitCode ?? (client.process.signalCode === null ? await client.stop() : 0);
    expect(status).toBe(0);
    expect(client.log.filter((line) => expectedLog === undefined || !expectedLog.test(line))).toEqual([]);
  });

  const path = (name: string): string => (name.includes(':') ? name : join(root, name));
  const texts = new Map<string, string>();
  const known = new Set(Object.keys(files));
  const textOf = (name: string): string => texts.get(name) ?? readFileSync(path(name), 'utf8');
  return {
    ...client,
    root,
    path,
    uri: (name) => uriOf(path(name)),
    show: (name, text = readFileSync(path(name), 'utf8')) => {
      texts.set(name, text);
      return client.open(path(name), languageOf(name), text);
    },
    save: (name, text) => {
      const type = text === null ? DELETED : known.has(name) ? CHANGED : CREATED;
      if (text === null) {
        rmSync(path(name), { recursive: true });
        known.delete(name);
      } else {
        writeFileSync(path(name), text);
        known.add(name);
      }
      return client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(path(name)), type }] });
    },
    replace: (name, old, text) => {
      const before = textOf(name);
      const start = offsetOf(before, old);
      texts.set(name, before.slice(0, start) + text + before.slice(start + old.length));
      const range = { start: positionAt(before, start), end: positionAt(before, start + old.length) };
      return client.change(path(name), [{ range, text }]);
    },
    at: (name, text, isBehind = false) => {
      const whole = textOf(name);
      return positionAt(whole, offsetOf(whole, text) + (isBehind ? text.length : 0));
    },
  };
}

function offsetOf(text: string, part: string): number {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`there is no ${JSON.stringify(part)} in\n${text}`);
  return offset;
}

/** As the protocol counts: lines end at `\n`, `\r\n` or `\r`, characters are UTF-16 units. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
};

function languageOf(name: string): string {
  return LANGUAGES[name.slice(name.lastIndexOf('.') + 1)] ?? 'plaintext';
}
