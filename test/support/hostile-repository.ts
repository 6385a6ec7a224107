/**
 * A repository that was made to harm the machine that scans it: it reaches for secrets, has names that terminals, CI
 * runners and editors obey, and has pipes, devices and traps where settings are expected.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';

export interface HostileRepository {
  readonly root: string;
  /** A folder beside it, which no run may read or write. */
  readonly outside: string;
  /** Secret texts of files: they must be in no output. Each could be the name of a model. */
  readonly secrets: ReadonlySet<string>;
  /** Where, relative to the repository, a secret is and how code can reach it. */
  readonly targets: readonly Target[];
  readonly write: (path: string, text: string) => void;
  readonly link: (path: string, target: string) => void;
  readonly pipe: (path: string) => void;
}

interface Target {
  readonly path: string;
  readonly kind: 'text' | 'json' | 'module';
}

/** Relative to the repository. Each is created with its own secret. */
const INSIDE = [
  '.git/config',
  '.git/refs/token',
  '.env',
  '.env.local',
  'deploy/prod.env',
  'keys/server.pem',
  'keys/id_rsa',
  'keys/signing.key',
  '.npmrc',
  '.netrc',
  '.aws/credentials',
  'config/credentials',
  'config/secrets.txt',
  'ignored.txt',
  'private/inner/note.txt',
  'nested/only-here.txt',
];
const INSIDE_JSON = ['config/secrets.json', 'ignored.json', 'private/data.json', 'client_secret_1.json'];

export function hostileRepository(): HostileRepository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'farthing-hostile-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const [root, outside] = [join(base, 'repository'), join(base, 'outside')];
  const secrets = new Set<string>();
  const secret = (): string => {
    const text = `planted-${secrets.size}-secret`;
    secrets.add(text);
    return text;
  };
  const at = (path: string): string => {
    const absolute = join(root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    return absolute;
  };
  const write = (path: string, text: string): void => writeFileSync(at(path), text);
  const link = (path: string, target: string): void => symlinkSync(target, at(path));
  const pipe = (path: string): void => {
    execFileSync('mkfifo', [at(path)]);
  };
  const json = (): string => JSON.stringify({ model: secret(), nested: { model: secret() } });
  const typescript = (): string => `export const MODEL = '${secret()}';\nexport default '${secret()}';\n`;

  write('.git/HEAD', 'ref: refs/heads/main\n');
  write('.gitignore', 'ignored.*\nprivate/\n');
  write('nested/.gitignore', 'only-here.txt\n');
  for (const path of INSIDE) write(path, secret());
  for (const path of INSIDE_JSON) write(path, json());
  mkdirSync(join(outside, 'folder'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), secret());
  writeFileSync(join(outside, 'folder', 'secret.txt'), secret());
  writeFileSync(join(outside, 'secret.json'), json());
  writeFileSync(join(outside, 'secret.ts'), typescript());
  writeFileSync(join(outside, 'secret_module.py'), `MODEL = '${secret()}'\n`);
  writeFileSync(join(outside, 'package.json'), '{ "name": "outside-package", "main": "./secret.ts" }');
  write('ignored.ts', typescript());
  link('to-file.txt', join(outside, 'secret.txt'));
  link('to-link.txt', 'to-file.txt');
  link('to-folder', outside);
  link('to-git.txt', '.git/config');
  link('to-env.md', '.env');
  link('to-json.json', join(outside, 'secret.json'));
  link('to-module.ts', join(outside, 'secret.ts'));
  link('secret_link.py', join(outside, 'secret_module.py'));
  write('package.json', '{ "name": "hostile", "workspaces": ["to-folder", "packages/*"] }');
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@outside/*': [`${outside}/*`] } } }));

  const texts = [
    ...INSIDE,
    ...['to-file.txt', 'to-link.txt', 'to-folder/secret.txt', 'to-folder/folder/secret.txt', 'to-git.txt', 'to-env.md'],
    '../outside/secret.txt',
    join(outside, 'secret.txt'),
    'packages/../../outside/secret.txt',
  ];
  const documents = [...INSIDE_JSON.map((path) => `./${path}`), './to-json.json', join(outside, 'secret.json')];
  const modules = [
    './to-module',
    './ignored',
    './to-folder/secret',
    '../outside/secret',
    join(outside, 'secret'),
    '@outside/secret',
    'outside-package',
  ];
  const targets: Target[] = [
    ...texts.map((path) => ({ path, kind: 'text' }) as const),
    ...documents.map((path) => ({ path, kind: 'json' }) as const),
    ...modules.map((path) => ({ path, kind: 'module' }) as const),
  ];
  return { root, outside, secrets, targets, write, link, pipe };
}

/** TypeScript that uses what `target` holds as everything that a report may show. */
export function reachFor({ path, kind }: Target): string {
  const quoted = JSON.stringify(path);
  const head = `import OpenAI from 'openai';\nimport { readFileSync } from 'node:fs';\nconst client = new OpenAI();\n`;
  const [first, values] =
    kind === 'text'
      ? [
          `const text = readFileSync(${quoted}, 'utf8');`,
          ['text', 'text.trim()', "text.split('\\n')[0]", 'text.slice(0, 20)'],
        ]
      : kind === 'json'
        ? [`import data from ${quoted};`, ['data.model', 'data.nested.model']]
        : [`import whole, { MODEL } from ${quoted};`, ['MODEL', 'whole']];
  const models = values.flatMap((value) => [value, `process.env.MODEL ?? ${value}`, `\`\${${value}}\``]);
  const calls = models.map(
    (model, index) =>
      `export const ask${index} = (q: string, limit = ${index}) => client.chat.completions.create({ model: ${model}, service_tier: ${values[0]}, messages: [{ role: 'system', content: ${values[0]} }, { role: 'user', content: q }] });`,
  );
  return `${first?.startsWith('import') ? `${first}\n` : ''}${head}${first?.startsWith('import') ? '' : `${first}\n`}${calls.join('\n')}\n`;
}

/** The same in Python, for texts. */
export function reachInPython(path: string): string {
  const quoted = JSON.stringify(path);
  return `from openai import OpenAI
from pathlib import Path
from secret_link import MODEL
client = OpenAI()
with open(${quoted}) as f:
    content = f.read()
def one(q):
    return client.chat.completions.create(model=content, messages=[{"role": "user", "content": q}])
def two(q):
    return client.chat.completions.create(model=Path(${quoted}).read_text().strip(), messages=[{"role": "user", "content": q}])
def three(q, model=open(${quoted}).read()):
    return client.chat.completions.create(model=model, messages=[{"role": "user", "content": q}])
def four(q):
    return client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": q}])
`;
}

/** Names that a terminal, a CI runner, an editor or a page would act on. */
export const HOSTILE_NAMES = [
  'line\n::error::owned',
  '::stop-commands::owned',
  '::set-output name=owned::1',
  '##[error]owned',
  '##vso[task.setvariable variable=owned]1',
  '\u001b[31mred\u001b[0m',
  '\u009b31mred',
  '\u0007bell\rback',
  '\u202egnp.evil',
  'zero\u200bwidth\u2028line',
  '[x](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  '`code` | cell | ![i](https:owned.example)',
  '@everyone #1 www.owned.example',
] as const;

/** A call in a function that is named by a text, with a model that is not one. */
export function badlyNamed(name: string): string {
  const quoted = JSON.stringify(name);
  return `import OpenAI from 'openai';
const client = new OpenAI();
export class Agent {
  async ${quoted}(q: string) {
    return client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: \`\${new Date()} \${q}\` }] });
  }
  async model(q: string) {
    return client.chat.completions.create({ model: ${quoted}, messages: [{ role: 'user', content: q }] });
  }
  async fallback(q: string) {
    return client.chat.completions.create({ model: process.env.MODEL ?? ${quoted}, messages: [{ role: 'user', content: q }] });
  }
}
`;
}

/** Every file below `folder` with what it holds, links not followed. */
export function contentOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path, 'utf8')];
    }),
  );
}
