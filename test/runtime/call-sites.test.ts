/** Call sites that the runtime finds on the stack are the calls that a scan of the same sources knows. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { callAt } from '@farthing/shared/position';
import type { Report } from '@farthing/shared/report';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallSiteOptions, createMeter } from '../../runtime/src/index.ts';
import { root } from '../../scripts/lib/root.ts';
import { scan } from '../../server/src/analyzer.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';
import { type SetUp, setUp } from './set-up.ts';

type Row = readonly [feature: string, callSite: string | null];

const run = promisify(execFile);
const application = join(root, 'test', 'fixtures', 'call-sites');
const source = join(application, 'src', 'app.ts');
let provider: FakeProvider;
let folder: string;
let report: Report;

beforeAll(async () => {
  provider = await startFakeProvider();
  folder = mkdtempSync(join(tmpdir(), 'farthing-call-sites-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const options = { paths: [application], root: application, config: DEFAULT_CONFIG, configFolder: application };
  ({ report } = scan({ ...options, cache: null, now: new Date() }));
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rowsOf(file: string, callSites: CallSiteOptions, flags: readonly string[] = []): Promise<Row[]> {
  const args = ['--conditions=farthing-source', ...flags, file, JSON.stringify({ url: provider.url, callSites })];
  const { stdout } = await run(process.execPath, args, { cwd: application });
  return JSON.parse(stdout);
}

async function bundled(name: string, options: BuildOptions): Promise<string> {
  const outfile = join(folder, name);
  const common = { bundle: true, platform: 'node', format: 'esm', conditions: ['farthing-source'], logLevel: 'error' };
  await build({ ...(common as BuildOptions), entryPoints: [source], outfile, ...options });
  return outfile;
}

/** By which function each row's call is made, in the eyes of the analyzer. */
function functionsOf(rows: readonly Row[]): readonly (readonly [string, string | null])[] {
  return rows.map(([feature, site]) => [
    feature,
    site === null ? null : (callAt(report.calls, site)?.function ?? site),
  ]);
}

/** No SDK keeps who called, once `streamText` or LangChain has begun. */
const LOST = ['vercelStream', 'langchain'];
const CALLS = [
  'openaiCreate',
  'openaiReturned',
  'openaiStream',
  'openaiResponses',
  'openaiEmbeddings',
  'anthropicCreate',
  'anthropicStream',
  'googleCreate',
  'googleChat',
  'vercelText',
  'vercelEmbed',
  ...LOST,
];
const EXPECTED = [
  ...CALLS.map((name) => [name, LOST.includes(name) ? null : name]),
  ['openaiNested', 'openaiResponses'],
  ['openaiNested', 'openaiNested'],
  ['explicit', 'the-support-bot'],
];
const always = { capture: 'always' } as const;

test('the scan knows each call of the application', () => {
  const functions = report.calls.map((call) => call.function);
  expect(functions).toEqual(expect.arrayContaining([...CALLS.filter((name) => !LOST.includes(name)), 'openaiNested']));
});

describe('every call is the one that the scan has in the function that made it', () => {
  test('where Node runs the TypeScript itself', async () => {
    expect(functionsOf(await rowsOf(source, always))).toEqual(EXPECTED);
  });

  test('in a bundle with its map, packages apart', async () => {
    const file = await bundled('apart.mjs', { packages: 'external', sourcemap: true });
    expect(functionsOf(await rowsOf(file, always, ['--enable-source-maps']))).toEqual(EXPECTED);
  });

  test('in one minified file with everything, its map inside', async () => {
    const banner = {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    };
    const file = await bundled('whole.mjs', {
      minify: true,
      keepNames: true,
      sourcemap: 'inline',
      banner,
    });
    expect(functionsOf(await rowsOf(file, always, ['--enable-source-maps']))).toEqual(EXPECTED);
    // Without the map, the application's frames cannot be distinguished from the SDK's.
    const unmapped = await rowsOf(file, always);
    expect(unmapped.map(([, site]) => site)).toEqual([...unmapped.slice(1).map(() => null), 'the-support-bot']);
  });

  test('of a compiled file without a map, as far as its own places go', async () => {
    const file = await bundled('plain.mjs', { packages: 'external' });
    const [[, site] = []] = await rowsOf(file, { ...always, root: folder });
    expect(site).toMatch(/^plain\.mjs:\d+:\d+$/);
  });
});

test('paths are relative to the root that was named', async () => {
  const [[, site] = []] = await rowsOf(source, { ...always, root });
  expect(site).toMatch(/^test\/fixtures\/call-sites\/src\/app\.ts:\d+:\d+$/);
});

test('nothing is looked for unless told, and an explicit call site stands', async () => {
  const rows = await rowsOf(source, {});
  expect(rows.map(([, site]) => site)).toEqual([...rows.slice(1).map(() => null), 'the-support-bot']);
});

test('a sample has about its share of the calls, those that the SDK makes inside of one counted once', async () => {
  const on = await setUp({ callSites: { capture: 'sampled', share: 0.3 } });
  const ask = (): Promise<unknown> =>
    on.metered.openai.chat.completions.parse({ model: 'small', messages: [{ role: 'user', content: 'What?' }] });
  for (let call = 0; call < 400; call++) await ask();
  const found = on.calls.filter(({ callSite }) => callSite !== null).length;
  // Beyond six standard deviations: once in a billion runs.
  expect(found).toBeGreaterThan(120 - 55);
  expect(found).toBeLessThan(120 + 55);
  await on.close();
});

describe('a client that is watched', () => {
  let on: SetUp;
  beforeAll(async () => {
    on = await setUp({ callSites: always });
  });
  afterAll(() => on.close());
  const messages = [{ role: 'user' as const, content: 'What?' }];

  test('shows its methods as it did', () => {
    const { metered, plain } = on;
    expect(Object.keys(metered.openai.chat.completions)).toEqual(Object.keys(plain.openai.chat.completions));
    expect(Object.keys(metered.google.models)).toEqual(Object.keys(plain.google.models));
    expect(metered.anthropic.messages.constructor).toBe(plain.anthropic.messages.constructor);
  });

  test('knows a call that a tool of the application makes as the tool’s own', async () => {
    on.provider.script([{ toolCalls: [{ name: 'ask', arguments: {} }] }, { text: 'inner' }, { text: 'outer' }]);
    const { openai } = on.metered;
    const inner = async (): Promise<string> => {
      await openai.chat.completions.create({ model: 'large', messages });
      return 'done';
    };
    const ask = { name: 'ask', description: 'Asks', parameters: { type: 'object', properties: {} }, function: inner };
    const tools = [{ type: 'function' as const, function: { ...ask, parse: JSON.parse } }];
    await openai.chat.completions.runTools({ model: 'small', messages, tools }).finalContent();
    const [first, own, last] = on.calls.slice(-3);
    expect([first?.model, own?.model, last?.model]).toEqual(['small', 'large', 'small']);
    expect(last?.callSite).toBe(first?.callSite);
    expect(own?.callSite).toMatch(/call-sites\.test\.ts:\d+:\d+$/);
    expect(own?.callSite).not.toBe(first?.callSite);
  });
});

test.each([0, -1, 1.5, Number.NaN])('a share of %d is refused at once', (share) => {
  expect(() => createMeter({ callSites: { capture: 'sampled', share } })).toThrow(
    'callSites.share must be a number above 0',
  );
});
