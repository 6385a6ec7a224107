/** The command line as it is published: packed, installed in a project, and run by every command of its documents. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/root.ts';

const PAGES = ['docs/ci.md', 'server/README.md'];
const SOURCE = `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] });
`;

let project = '';
let packed: readonly string[] = [];

/** On the Node that runs this test, and without the network. */
const env = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  GITHUB_BASE_REF: 'main',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  BITBUCKET_PR_DESTINATION_BRANCH: 'main',
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
};
const run = (command: string, cwd: string) => spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' });

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'farthing-package-'));
  for (const folder of ['src', 'tools']) mkdirSync(join(project, folder));
  const pack = run(`npm pack --workspace server --json --ignore-scripts --pack-destination ${project}/tools`, root);
  packed = JSON.parse(pack.stdout)[0].files.map(({ path }: { path: string }) => path);
  writeFileSync(join(project, 'package.json'), '{ "name": "app", "private": true }\n');
  writeFileSync(join(project, '.gitignore'), 'node_modules/\n');
  writeFileSync(join(project, 'src/answer.ts'), SOURCE);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', project, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  writeFileSync(join(project, 'draft.ts'), SOURCE);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('the package has its documents, its licences and its schemas', () => {
  for (const path of [
    'README.md',
    'LICENSE',
    'dist/THIRD-PARTY-LICENSES.txt',
    'dist/farthing.schema.json',
    'dist/farthing-prices.schema.json',
    'dist/farthing-report.schema.json',
    'dist/farthing-diff.schema.json',
    'dist/farthing-measured.schema.json',
    'dist/farthing-plan.schema.json',
  ]) {
    expect(packed).toContain(path);
  }
  expect(packed.filter((path) => /\.test\.|\.ts$|\.stamp$/.test(path))).toEqual([]);
  const license = readFileSync(join(root, 'LICENSE'), 'utf8');
  for (const name of ['server', 'runtime']) expect(readFileSync(join(root, name, 'LICENSE'), 'utf8')).toBe(license);
});

/** Commands of the page that need what no test has. */
const ELSEWHERE = [/^git clone /, /^npm run build && npm pack /, /^gh pr comment /];
const COMMANDS = 'scan|explain|models|sdks|init|baseline|declare|help';

/** Commands in code blocks and in sentences, in their order. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const patterns = [
    /^\s*(?:- (?:run: )?)?((?:npm|npx|git|gh) .*?)(?:\s+#.*)?$/gm,
    new RegExp(`\`((?:npx --no )?farthing (?:${COMMANDS})\\b[^\`]*)\``, 'g'),
  ];
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
  return found.sort((a, b) => a.index - b.index).map(([, command = '']) => command);
}

describe.each(PAGES)('%s', (page) => {
  test('each of its commands does what the page says', () => {
    const commands = commandsOf(page);
    expect(commands.length).toBeGreaterThan(4);
    if (!existsSync(join(project, 'node_modules'))) {
      expect(run('npm install --save-dev ./tools/farthing-0.1.0.tgz', project)).toMatchObject({ status: 0 });
    }
    for (const command of commands.filter((one) => !ELSEWHERE.some((pattern) => pattern.test(one)))) {
      const line = command.startsWith('farthing ') ? `npx --no ${command}` : command;
      const { status, stderr } = run(line, project);
      // What finds something ends with 1, unless the command says otherwise.
      const isAllowed = status === 0 || (status === 1 && / (?:scan|diff)\b(?!.*--fail-on never)/.test(command));
      expect(isAllowed, `${command}: status ${status}\n${stderr}`).toBe(true);
      expect(stderr, command).not.toMatch(/^farthing: (?!\d+ fix)/m);
      const [, output] = /--output (\S+)/.exec(command) ?? [];
      if (output !== undefined) expect(existsSync(join(project, output)), command).toBe(true);
    }
  });
});

test('the workflows of the page are valid YAML', () => {
  const blocks = [...readFileSync(join(root, 'docs/ci.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(5);
  for (const [, block = ''] of blocks) expect(() => parse(block), block).not.toThrow();
});

test('what the page uploads or posts is what its commands write', () => {
  const text = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  const used = [...text.matchAll(/(?:sarif_file:|codequality:|--body-file) (\S+)/g)].map(([, name = '']) => name);
  expect(used).toHaveLength(4);
  for (const name of used) expect(text).toContain(`--output ${name}`);
});
