/** Rules on feature calls: a project in, its findings out. Each cause is reported once, at the place where it is mended. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from '../analyzer.ts';
import type { Origin } from '../ir/origin.ts';
import { makeTree, type Tree } from '../workspace/testing.ts';
import type { Workspace } from '../workspace/workspace.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const RULES = 'You sort letters for a public library. Name the shelf, and say in two sentences why it belongs there.';
const CLIENT = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";

function openTree(tree: Tree): Workspace {
  const root = makeTree(tree);
  const workspace = openWorkspace({ config: DEFAULT_CONFIG, configFolder: root, root, now: () => NOW });
  for (const _ of workspace.scan(true));
  return workspace;
}

/** `ask.ts:4 unbounded-output (app.ts:2)`: a finding of the rule, and the other places that it names. */
function findingsOf(workspace: Workspace, rule: string): readonly string[] {
  const place = ({ path, start }: Origin) =>
    `${path.slice(workspace.root.length + 1)}:${workspace.code.positions(path).at(start).line}`;
  return workspace
    .found()
    .flatMap((path) => workspace.findings(path))
    .filter((finding) => finding.rule === rule)
    .map(({ origin, related }) => [place(origin), ...related.map((one) => `(${place(one.origin)})`)].join(' '));
}

const found = (rule: string, tree: Tree) => findingsOf(openTree(tree), rule);

/** The finding of the rule, which is the only one. */
function only(workspace: Workspace, rule: string) {
  const all = workspace.found().flatMap((path) => workspace.findings(path));
  const [first, ...rest] = all.filter((finding) => finding.rule === rule);
  if (first === undefined || rest.length > 0) throw new Error(`${all.length} findings, one of ${rule} was expected`);
  return first;
}

/** The edits of the finding's first fix: `ask.ts: 'gpt-6-luna'`. Empty if it has none. */
function editsOf(workspace: Workspace, rule: string): readonly string[] {
  const [fix] = only(workspace, rule).fixes();
  const edits = (fix && workspace.editsOf(fix)) ?? [];
  return edits.map(({ path, text }) => `${path.slice(workspace.root.length + 1)}: ${text.trim()}`);
}

const ask = (parameters: string, options: string) => `${CLIENT}export async function ask(${parameters}) {
  return client.chat.completions.create({
    ${options}
    messages: [{ role: 'system', content: system }, { role: 'user', content: prompt }],
  });
}
`;
const user = (call: string) => `import { ask } from './ask';\nexport const sort = (letter: string) => ${call};\n`;

describe('unbounded-output', () => {
  const unlimited = ask('system: string, prompt: string', "model: 'gpt-6-sol',");

  test('is at the request that sets no limit, once for all calls', () => {
    const workspace = openTree({
      'ask.ts': unlimited,
      'a.ts': user(`ask('${RULES}', letter)`),
      'b.ts': user(`ask('${RULES} !', letter)`),
    });
    expect(findingsOf(workspace, 'unbounded-output')).toEqual(['ask.ts:4 (a.ts:2) (b.ts:2)']);
    const { message } = only(workspace, 'unbounded-output');
    expect(message('en')).toContain('2 calls lead here.');
    expect(message('es')).toContain('2 llamadas llegan aquí.');
  });

  const limited = ask(
    'system: string, prompt: string, model: string, limit?: number',
    'model, max_completion_tokens: limit,',
  );

  test('is at the call that leaves out the limit which others give', () => {
    expect(
      found('unbounded-output', {
        'ask.ts': limited,
        'a.ts': user(`ask('${RULES}', letter, 'gpt-6-sol', 300)`),
        'b.ts': user(`ask('${RULES}', letter, 'gpt-6-sol')`),
      }),
    ).toEqual(['b.ts:2']);
  });

  test('is at the request that no caller gives a limit, with the most expensive answer and without a fix', () => {
    const workspace = openTree({
      'ask.ts': limited,
      'a.ts': user(`ask('${RULES}', letter, 'gpt-6-luna')`),
      'b.ts': user(`ask('${RULES}', letter, 'gpt-6-sol')`),
    });
    expect(findingsOf(workspace, 'unbounded-output')).toEqual(['ask.ts:4 (a.ts:2) (b.ts:2)']);
    const finding = only(workspace, 'unbounded-output');
    expect(finding.message('en')).toContain('on gpt-6-sol');
    expect(finding.severity).toBe('warning');
    expect(finding.fixes()).toEqual([]);
  });

  test('knows nothing of calls whose limit is set', () => {
    expect(
      found('unbounded-output', { 'ask.ts': limited, 'a.ts': user(`ask('${RULES}', letter, 'gpt-6-sol', 300)`) }),
    ).toEqual([]);
  });
});

describe('retired-model', () => {
  const fixed = ask('system: string, prompt: string', "model: 'gpt-4-turbo', max_tokens: 300,");
  const open = ask('system: string, prompt: string, model: string', 'model, max_completion_tokens: 300,');

  test('is at the request that names the model, once for all calls, and is mended there', () => {
    const workspace = openTree({
      'ask.ts': fixed,
      'a.ts': user(`ask('${RULES}', letter)`),
      'b.ts': user(`ask('${RULES} !', letter)`),
    });
    expect(findingsOf(workspace, 'retired-model')).toEqual(['ask.ts:5 (a.ts:2) (b.ts:2)']);
    expect(editsOf(workspace, 'retired-model')).toContain('ask.ts: max_completion_tokens');
  });

  test('is at the call that names the model', () => {
    const workspace = openTree({
      'ask.ts': open,
      'a.ts': user(`ask('${RULES}', letter, 'gpt-4-turbo')`),
      'b.ts': user(`ask('${RULES}', letter, 'gpt-6-sol')`),
    });
    expect(findingsOf(workspace, 'retired-model')).toEqual(['a.ts:2']);
  });

  test('is not at the request as well, among the models that its callers choose', () => {
    const workspace = openTree({
      'ask.ts': open,
      'a.ts': user(`ask('${RULES}', letter, 'gpt-4-turbo')`),
      'b.ts': user(`ask('${RULES}', letter, 'gpt-3.5-turbo')`),
    });
    expect(findingsOf(workspace, 'retired-model')).toEqual(['a.ts:2', 'b.ts:2']);
  });

  test('is once for calls that share the name, though no request has it', () => {
    const named = (name: string) =>
      `import { MODEL } from './models';\n${user(`ask('${RULES} ${name}', letter, MODEL)`)}`;
    const tree = {
      'ask.ts': open,
      'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
      'a.ts': named('a'),
      'b.ts': named('b'),
    };
    expect(found('retired-model', tree)).toEqual(['a.ts:3 (models.ts:1) (b.ts:3)']);
  });

  test('is once for requests that share the name, with their number, and is mended at each of them', () => {
    const request = `import { MODEL } from './models';\n${CLIENT}export const answer = (text: string) =>
  client.chat.completions.create({ model: MODEL, max_tokens: 300, messages: [{ role: 'user', content: text }] });
`;
    const workspace = openTree({
      'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
      'a.ts': request,
      'b.ts': request,
      'examples/c.ts': request.replace('./models', '../models'),
    });
    expect(findingsOf(workspace, 'retired-model')).toEqual(['a.ts:5 (models.ts:1) (b.ts:5)']);
    expect(only(workspace, 'retired-model').message('en')).toContain('Used by 2 calls.');
    expect(editsOf(workspace, 'retired-model').filter((edit) => edit.endsWith('max_completion_tokens'))).toHaveLength(
      3,
    );
  });

  test('has no fix that would change what the request sends for calls with another model', () => {
    const tree = (first: string) => ({
      'ask.ts': ask('system: string, prompt: string, model: string', 'model, max_tokens: 300,'),
      'a.ts': user(`ask('${RULES}', letter, '${first}')`),
      'b.ts': user(`ask('${RULES}', letter, 'gpt-6-luna')`),
    });
    const workspace = openTree(tree('gpt-4-turbo'));
    expect(findingsOf(workspace, 'retired-model')).toEqual(['a.ts:2']);
    expect(editsOf(workspace, 'retired-model')).toEqual([]);
  });
});

describe('oversized-model', () => {
  const YES_NO = 'Is the letter a complaint? Answer only "yes" or "no".';
  const fixedModel = ask('system: string, prompt: string', "model: 'gpt-6-sol', max_completion_tokens: 300,");
  const open = ask('system: string, prompt: string, model: string', 'model, max_completion_tokens: 300,');

  test('is at the call that sets the small task, and changes the model that only it uses', () => {
    const workspace = openTree({
      'ask.ts': open,
      'a.ts': user(`ask('${YES_NO}', letter, 'gpt-6-sol')`),
      'b.ts': user(`ask('${RULES}', letter, 'gpt-6-sol')`),
    });
    expect(findingsOf(workspace, 'oversized-model')).toEqual(['a.ts:2']);
    expect(editsOf(workspace, 'oversized-model')).toEqual(['a.ts: gpt-6-luna']);
  });

  test('leaves a model alone that other calls get as well', () => {
    const workspace = openTree({
      'ask.ts': fixedModel,
      'a.ts': user(`ask('${YES_NO}', letter)`),
      'b.ts': user(`ask('${RULES}', letter)`),
    });
    expect(findingsOf(workspace, 'oversized-model')).toEqual(['a.ts:2 (ask.ts:5)']);
    expect(editsOf(workspace, 'oversized-model')).toEqual([]);
  });

  test('changes it in the function that only this call uses', () => {
    const workspace = openTree({ 'ask.ts': fixedModel, 'a.ts': user(`ask('${YES_NO}', letter)`) });
    expect(editsOf(workspace, 'oversized-model')).toEqual(['ask.ts: gpt-6-luna']);
  });
});

describe('uncached-static-prompt', () => {
  const LONG = Array.from(
    { length: 300 },
    (_, index) => `Shelf ${index} holds letters about the subject ${index * 7}.`,
  ).join(' ');
  const claude = (sent: string) => `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic();
export async function ask(system: string, prompt: string) {
  return client.messages.create({ model: 'claude-sonnet-4-6', max_tokens: 300, ${sent} });
}
`;
  const callers = (text: string) => ({
    'a.ts': user(`ask(\`${text} a\`, letter)`),
    'b.ts': user(`ask(\`${text} b\`, letter)`),
  });

  test('is at the request that sends the prompts of its callers unmarked, once', () => {
    const workspace = openTree({
      'ask.ts': claude("system, messages: [{ role: 'user', content: prompt }]"),
      ...callers(LONG),
    });
    expect(findingsOf(workspace, 'uncached-static-prompt')).toEqual(['ask.ts:4 (a.ts:2) (b.ts:2)']);
    expect(only(workspace, 'uncached-static-prompt').message('en')).toMatch(
      /never change and are sent uncached.* 2 calls lead here\.$/,
    );
    expect(editsOf(workspace, 'uncached-static-prompt')).toEqual([]);
  });

  test('is at neither where the request marks them', () => {
    const marked =
      "system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }], messages: [{ role: 'user', content: prompt }]";
    expect(found('uncached-static-prompt', { 'ask.ts': claude(marked), ...callers(LONG) })).toEqual([]);
  });

  test("is not at another provider, which the same call may reach with that one's default", () => {
    const llms = `import Anthropic from '@anthropic-ai/sdk';
import { AzureOpenAI } from 'openai';
const anthropic = new Anthropic();
const azure = new AzureOpenAI();
class Claude {
  constructor(private readonly model?: string) {}
  async ask(system: string, prompt: string) {
    const messages = [{ role: 'user', content: prompt }];
    return anthropic.messages.create({ model: this.model || 'claude-sonnet-4-6', max_tokens: 300, system, messages });
  }
}
class Azure {
  constructor(private readonly model?: string) {}
  async ask(system: string, prompt: string) {
    const messages = [{ role: 'system', content: system }, { role: 'user', content: prompt }];
    return azure.chat.completions.create({ model: this.model || 'gpt-5-mini', max_tokens: 300, messages });
  }
}
export const open = (kind: string, model?: string) => (kind === 'claude' ? new Claude(model) : new Azure(model));
`;
    const sort = `import { open } from './llms';
export const sort = (kind: string, model: string, letter: string) => open(kind, model).ask('${LONG}', letter);
`;
    expect(found('uncached-static-prompt', { 'llms.ts': llms, 'sort.ts': sort })).toEqual(['llms.ts:9 (sort.ts:2)']);
  });

  const gpt = (content: string) => `${CLIENT}export async function ask(system: string, prompt: string) {
  return client.chat.completions.create({
    model: 'gpt-5.4',
    max_completion_tokens: 300,
    messages: [{ role: 'system', content: ${content} }, { role: 'user', content: prompt }],
  });
}
`;

  test('is where the changing text is written: in the function for all calls', () => {
    const tree = { 'ask.ts': gpt('`${new Date().toISOString()}\\n${system}`'), ...callers(LONG) };
    expect(found('volatile-prompt-prefix', tree)).toEqual([
      expect.stringMatching(/^ask\.ts:7 .*\(a\.ts:2\) \(b\.ts:2\)$/),
    ]);
  });

  test('or in the call that writes it', () => {
    const tree = { 'ask.ts': gpt('system'), ...callers(LONG), 'c.ts': user(`ask(\`\${Date.now()} ${LONG}\`, letter)`) };
    expect(found('volatile-prompt-prefix', tree)).toEqual([expect.stringMatching(/^c\.ts:2/)]);
  });
});

describe('batchable-loop', () => {
  const wrapper = ask('system: string, prompt: string', "model: 'gpt-6-luna', max_completion_tokens: 300,");

  test('is at the call that the loop repeats, in whichever file', () => {
    const loop = `for (const letter of readLetters()) await ask('${RULES}', letter);\n`;
    expect(
      found('batchable-loop', {
        'lib/ask.ts': wrapper,
        'scripts/sort.ts': `import { ask } from '../lib/ask';\n${loop}`,
      }),
    ).toEqual(['scripts/sort.ts:2 (scripts/sort.ts:2)']);
    expect(found('batchable-loop', { 'scripts/sort.ts': `${wrapper}${loop}` })).toEqual([
      'scripts/sort.ts:9 (scripts/sort.ts:9)',
    ]);
  });
});

test('embedding-in-loop stays at the request: texts to embed are data', () => {
  const embed = `${CLIENT}export const embed = (input: string) => client.embeddings.create({ model: 'text-embedding-3-small', input });
export const all = (texts: string[]) => Promise.all(texts.map((text) => embed(text)));
`;
  const workspace = openTree({ 'embed.ts': embed });
  expect(findingsOf(workspace, 'embedding-in-loop')).toEqual([expect.stringMatching(/^embed\.ts:3/)]);
  expect(workspace.calls().calls()).toHaveLength(1);
});

describe('findings at a request', () => {
  const wrapper = ask('system: string, prompt: string', "model: 'gpt-6-sol',");

  test('follow its callers, in other files, as these come and go', () => {
    const workspace = openTree({ 'ask.ts': wrapper, 'a.ts': user(`ask('${RULES}', letter)`), 'b.ts': '' });
    const path = (name: string) => `${workspace.root}/${name}`;
    const related = () =>
      workspace.findings(path('ask.ts')).flatMap((finding) => finding.related.map(({ origin }) => origin.path));
    expect(related()).toEqual([path('a.ts')]);
    workspace.setOverlay(path('b.ts'), user(`ask('${RULES} !', letter)`));
    workspace.file(path('b.ts'));
    expect(related()).toEqual([path('a.ts'), path('b.ts')]);
    workspace.setOverlay(path('a.ts'), '');
    workspace.file(path('a.ts'));
    expect(related()).toEqual([path('b.ts')]);
  });
});
