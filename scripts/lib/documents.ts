/**
 * Documents whose code is run: every `ts` block is a program, in a file that a first line such as `// src/answer.ts` names,
 * and every `sh` block of `npx --no farthing` or `npx --no farthing-runtime` a command. A `text` block behind one is what it prints. A
 * block that is marked `ts setup` begins each program that follows. The comment `<!-- answers [...] -->`, which readers do
 * not see, scripts the fake provider from there on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Match, Step } from '../../test/provider/script.ts';
import { startFakeProvider } from '../../test/provider/server.ts';
import { root } from './root.ts';

type Answers = readonly { readonly match: Match; readonly steps: Step | readonly Step[] }[];

export interface Block {
  readonly language: 'ts' | 'sh';
  readonly code: string;
  /** Where a program is written, in the document's folder; null for a command. */
  readonly file: string | null;
  /** Where the document says it, from 1. */
  readonly line: number;
  readonly answers: Answers;
  /** What it prints by the document; null where that does not say. */
  readonly output: Part | null;
}

interface Part {
  readonly text: string;
  /** Of the text in the document. */
  readonly start: number;
}

export interface Result {
  readonly block: Block;
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const PART = /^```(\w+)( setup)?\n([\s\S]*?)^```$|^<!-- answers\n([\s\S]*?)-->$/gm;
const COMMAND = /^npx --no (farthing(?:-runtime)?) (.*)\n$/;
/** As they are built, which is what users get. */
const BUILT: Readonly<Record<string, string>> = {
  farthing: join(root, 'server', 'dist', 'farthing.cjs'),
  'farthing-runtime': join(root, 'runtime', 'dist', 'farthing-runtime.cjs'),
};

export function blocksOf(document: string): readonly Block[] {
  const blocks: { -readonly [Name in keyof Block]: Block[Name] }[] = [];
  let setup = '';
  let answers: Answers = [];
  for (const { 0: whole, index, 1: language, 2: isSetup, 3: code = '', 4: script } of document.matchAll(PART)) {
    const last = blocks.at(-1);
    if (script !== undefined) answers = JSON.parse(script) as Answers;
    else if (isSetup !== undefined) setup = `${code}\n`;
    else if (language === 'ts' || (language === 'sh' && COMMAND.test(code))) {
      const line = document.slice(0, index).split('\n').length;
      const program = language === 'ts' ? `${setup}${code}` : code;
      const file = language === 'ts' ? (/^\/\/ (\S+\.ts)\n/.exec(code)?.[1] ?? `${blocks.length}.ts`) : null;
      blocks.push({ language, code: program, file, line, answers, output: null });
    } else if (language === 'text' && last !== undefined && last.output === null) {
      last.output = { text: code, start: index + whole.indexOf('\n') + 1 };
    }
  }
  return blocks;
}

/** Where a document's programs are written and run: below the repository, so that its packages are found. */
export function folderOf(path: string): string {
  return join(root, 'test', 'dist', 'documents', path.replace(/[/.]/g, '-'));
}

/** Runs all blocks of a document in order, in a folder that they share. */
export async function runDocument(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Result[]> {
  const folder = folderOf(path);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const provider = await startFakeProvider();
  const results: Result[] = [];
  try {
    for (const block of blocksOf(readFileSync(join(root, path), 'utf8'))) {
      provider.reset();
      for (const { match, steps } of block.answers) provider.script(match, steps);
      results.push({ block, ...(await run(block, folder, { ...env, FAKE_PROVIDER_URL: provider.url })) });
    }
  } finally {
    await provider.close();
  }
  return results;
}

async function run(
  { file, code }: Block,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Omit<Result, 'block'>> {
  const args = file === null ? commandOf(code) : programOf(join(cwd, file), code);
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  // What a document prints does not depend on how long ago the prices were checked.
  const child = spawn(process.execPath, ['--disable-warning=FARTHING_STALE_PRICES', ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [status]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { status, out, err };
}

function programOf(path: string, code: string): readonly string[] {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  return ['--import', pathToFileURL(join(root, 'test', 'provider', 'preload.ts')).href, path];
}

function commandOf(code: string): readonly string[] {
  const [, name = '', words = ''] = COMMAND.exec(code) ?? [];
  return [BUILT[name] ?? '', ...words.split(/\s+/)];
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

/** Two runs print the same but for times, dates, ids, ports, and the width of columns that hold them. */
export function comparable(output: string): string {
  return output
    .replaceAll('\r\n', '\n')
    .replace(/\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?Z?/g, 'DATE')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d+(\.\d+)? (ms|s)\b/g, 'TIME')
    .replace(/127\.0\.0\.1:\d+/g, 'ADDRESS')
    .replace(/ +/g, ' ')
    .replace(/ +$/gm, '')
    .trim();
}
