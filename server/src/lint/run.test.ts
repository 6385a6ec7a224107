import { exactly } from '@farthing/shared/range';
import { expect, test } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import type { CallContext, CallRule, Finding, ProjectRule } from '../rules/rule.ts';
import { NOW } from '../rules/support/testing.ts';
import { scan } from '../workspace/scan.ts';
import { makeTree, scanOptions, type Tree } from '../workspace/testing.ts';
import { createWorkspace } from '../workspace/workspace.ts';

const METADATA = {
  summary: '',
  technique: 'output',
  severity: 'warning',
  fix: 'none',
  since: '0.1.0',
  documentation: '',
  message: { en: String, es: String },
} as const;

/** A rule whose findings have their message as data. */
function rule(id: string, check: (call: LlmCall, context: CallContext) => Iterable<Finding<string>>): CallRule<string> {
  return { scope: 'call', id, ...METADATA, check };
}

const everyCall = rule('every-call', (call) => [{ data: `model ${call.model.value}`, origin: call.origin }]);
const atModel = rule('at-model', (call) => (call.model.origin ? [{ data: 'here', origin: call.model.origin }] : []));

function lintTree(tree: Tree, changes: Parameters<typeof scanOptions>[1] = {}) {
  const { report } = scan(scanOptions(makeTree(tree), { rules: [everyCall], ...changes }));
  const lines = report.diagnostics.map((found) => `${found.path}:${found.line} ${found.severity} ${found.rule}`);
  return { lines, problems: report.problems, diagnostics: report.diagnostics };
}

test('a finding has the rule`s severity, the finding`s own before it, the configuration`s before both', () => {
  const softer = rule('softer', (call) => [{ data: '', origin: call.origin, severity: 'hint' }]);
  const run = (severities: Parameters<typeof scanOptions>[1]) =>
    lintTree({ 'a.ts': 'ask("x")' }, { rules: [everyCall, softer], ...severities }).lines;
  expect(run({})).toEqual(['a.ts:1 warning every-call', 'a.ts:1 hint softer']);
  expect(run({ severities: { softer: 'error', 'every-call': 'off' } })).toEqual(['a.ts:1 error softer']);
});

test('the strict preset makes a finding a warning at least, unless its severity is configured', () => {
  const softer = rule('softer', (call) => [{ data: '', origin: call.origin, severity: 'hint' }]);
  const run = (severities: Parameters<typeof scanOptions>[1]) =>
    lintTree({ 'a.ts': 'ask("x")' }, { rules: [softer], leastSeverity: 'warning', ...severities }).lines;
  expect(run({})).toEqual(['a.ts:1 warning softer']);
  expect(run({ severities: { softer: 'information' } })).toEqual(['a.ts:1 information softer']);
});

test('a finding is likely where the rule rests on a model that the code leaves open, or says so itself', () => {
  const resting: CallRule<string> = { ...everyCall, id: 'resting', restsOnModel: true };
  const unsure = rule('unsure', (call) => [{ data: '', origin: call.origin, confidence: 'likely' }]);
  const { diagnostics } = lintTree({ 'a.ts': 'ask(MODEL)' }, { rules: [everyCall, resting, unsure] });
  expect(diagnostics.map(({ rule, confidence }) => `${rule} ${confidence}`)).toEqual([
    'every-call certain',
    'resting likely',
    'unsure likely',
  ]);
});

test('a finding that saves less per month than is worth it is a hint, where the volume is known', () => {
  const cheap: CallRule<string> = { ...everyCall, saving: () => exactly(10, 'literal') };
  const text = '// farthing: calls=100/month\nask("x")\n\nask("y")';
  const lines = (minSaving: number, severities = {}) =>
    lintTree({ 'a.ts': text }, { rules: [cheap], minSaving, severities }).lines;
  expect(lines(1_000)).toEqual(['a.ts:2 warning every-call', 'a.ts:4 warning every-call']);
  expect(lines(1_001)).toEqual(['a.ts:2 hint every-call', 'a.ts:4 warning every-call']);
  expect(lines(1_001, { 'every-call': 'error' })).toEqual(['a.ts:2 error every-call', 'a.ts:4 error every-call']);
});

test('suppressions cover their line, the next line and the file, for the rules that they name', () => {
  const { lines } = lintTree(
    {
      'a.ts': [
        '// farthing-ignore-next-line every-call -- known',
        'ask("1")',
        'ask("2") // farthing-ignore-line every-call -- known',
        'ask("3")',
      ].join('\n'),
      'b.py': '# farthing-ignore-file every-call -- known\nask("1")\n\nask("2")\n',
      'c.ts': '// farthing-ignore-next-line at-model -- known\nask("1")',
    },
    { rules: [everyCall, atModel], severities: { 'at-model': 'hint' } },
  );
  expect(lines).toEqual(
    [
      'a.ts:2 hint at-model',
      'a.ts:3 hint at-model',
      'a.ts:4 warning every-call',
      'a.ts:4 hint at-model',
      'b.py:2 hint at-model',
      'b.py:4 hint at-model',
      'c.ts:2 warning every-call',
    ].sort(),
  );
});

test('a comment at the call covers a finding that points elsewhere, and one where it points', () => {
  const elsewhere = rule('elsewhere', (call) => [{ data: '', origin: { ...call.origin, start: 0, end: 1 } }]);
  const above = { 'a.ts': 'const prompt = 1;\n// farthing-ignore-next-line elsewhere -- x\nask("1")' };
  const there = { 'a.ts': 'const prompt = 1; // farthing-ignore-line elsewhere -- x\n\nask("1")' };
  expect(lintTree(above, { rules: [elsewhere] }).lines).toEqual([]);
  expect(lintTree(there, { rules: [elsewhere] }).lines).toEqual([]);
});

test('unused, unknown and unreasoned suppressions are findings; those of a rule that is off are not', () => {
  const { diagnostics } = lintTree(
    {
      'a.ts': [
        '// farthing-ignore-next-line every-call -- nothing here',
        'f()',
        '// farthing-ignore-next-line every-cal -- typo',
        '// farthing-ignore-next-line every-call',
        'ask("1")',
        '// farthing-ignore-next-line at-model -- off',
        'ask("2") // farthing-ignore-line every-call -- known',
      ].join('\n'),
      'no-call.ts': '// farthing-ignore-file every-call -- moved\n',
    },
    { rules: [everyCall, atModel], severities: { 'at-model': 'off' } },
  );
  expect(
    diagnostics.map((found) => [found.path, found.line, found.rule, found.call, found.message.slice(0, 28)]),
  ).toEqual([
    ['a.ts', 1, 'unused-suppression', null, 'every-call finds nothing her'],
    ['a.ts', 3, 'invalid-comment', null, 'There is no rule "every-cal"'],
    ['a.ts', 4, 'invalid-comment', null, 'This suppression has no reas'],
    ['no-call.ts', 1, 'unused-suppression', null, 'every-call finds nothing her'],
  ]);
});

test('a suppression applies up to its last day, and then says that it has ended', () => {
  const until = (day: string) =>
    lintTree({ 'a.ts': `// farthing-ignore-next-line every-call until ${day} -- x\nask("1")` }).diagnostics;
  const today = NOW.toISOString().slice(0, 10);
  expect(until(today)).toEqual([]);
  const yesterday = new Date(NOW.getTime() - 86_400_000).toISOString().slice(0, 10);
  expect(until(yesterday)).toMatchObject([
    { line: 1, rule: 'unused-suppression', message: expect.stringContaining(`ended on ${yesterday}`) },
    { line: 2, rule: 'every-call' },
  ]);
});

test('a snoozed finding comes back when its call changes, and its comment says how to snooze it again', () => {
  const snoozed = (term: string, question: string) =>
    lintTree({ 'a.ts': `// farthing-ignore-next-line every-call until ${term} -- x\nask(${question})` }).diagnostics;
  const [comment, finding] = snoozed('changed', '"1"');
  expect(finding).toMatchObject({ rule: 'every-call' });
  const term = /changed:\w{8}/.exec(comment?.message ?? '')?.[0] ?? '';
  expect(snoozed(term, '"1"')).toEqual([]);
  expect(snoozed(term, '"2"')).toMatchObject([{ rule: 'unused-suppression' }, { rule: 'every-call' }]);
});

test('findings about comments have their own severities and can be switched off', () => {
  const tree = { 'a.ts': '// farthing-ignore-file every-call -- x\n// farthing-nonsense\n' };
  expect(lintTree(tree).lines).toEqual(['a.ts:1 information unused-suppression', 'a.ts:2 warning invalid-comment']);
  const severities = { 'unused-suppression': 'off', 'invalid-comment': 'error' } as const;
  expect(lintTree(tree, { severities }).lines).toEqual(['a.ts:2 error invalid-comment']);
});

test('a volume belongs to the call below it or before it; one without a call is reported', () => {
  const tree = {
    'a.ts':
      '// farthing: calls=50k/month\nask("1")\nask("2") // farthing: calls=10/day\nask("3")\n\n// farthing: calls=1k\n',
  };
  const { workspace, report } = scan(scanOptions(makeTree(tree)));
  const calls = workspace.calls().calls();
  expect(calls.map((call) => call.callsPerMonth)).toEqual([50_000, 300, null]);
  expect(report.diagnostics).toMatchObject([{ rule: 'unused-suppression', line: 6 }]);
});

test('suppressions and volumes in a notebook count lines in the whole notebook', () => {
  const cell = (source: string) => ({ cell_type: 'code', source });
  const cells = [
    cell('x = 1'),
    cell('# farthing-ignore-next-line every-call -- x\nask("1")'),
    cell('ask("2") # farthing: calls=1k'),
  ];
  const root = makeTree({ 'a.ipynb': JSON.stringify({ cells }) });
  const { report, workspace } = scan(scanOptions(root, { rules: [everyCall] }));
  const calls = workspace.calls().calls();
  expect(report.diagnostics).toMatchObject([{ cell: 2, line: 1, rule: 'every-call' }]);
  expect(calls.map((call) => call.callsPerMonth)).toEqual([null, 1_000]);
});

test('a rule that throws is one problem, its other findings stay, and the other rules run', () => {
  const fragile = rule('fragile', function* (call) {
    yield { data: 'found', origin: call.origin };
    if (call.model.value !== 'ok') throw new Error('broken\nstack');
  });
  const tree = { 'a.ts': 'ask("1")\nask("ok")\nask("2")\n// farthing-ignore-next-line fragile -- x\n' };
  const { lines, problems } = lintTree(tree, { rules: [fragile, everyCall] });
  expect(lines.filter((line) => line.includes('fragile'))).toEqual(['a.ts:2 warning fragile']);
  expect(lines.filter((line) => line.includes('every-call'))).toHaveLength(3);
  expect(lines.filter((line) => line.includes('unused'))).toEqual([]);
  expect(problems).toEqual([
    {
      path: 'a.ts',
      message: 'the rule fragile failed on 2 calls, first on one in this file: broken. All other rules ran.',
    },
  ]);
});

/** Reports the calls of a workspace that use the same model name, at the first of them. */
const repeated: ProjectRule<number> = {
  ...METADATA,
  scope: 'project',
  id: 'repeated',
  check: (index) => {
    const byModel = Map.groupBy(index.calls(), ({ model }) => model.value);
    return [...byModel.values()].flatMap((calls) => {
      const [first] = calls;
      return first && calls.length > 1 ? [{ call: first, data: calls.length, origin: first.origin }] : [];
    });
  },
  message: { en: (count) => `${count} calls are the same`, es: (count) => `${count} llamadas son iguales` },
};

test('a rule over the project sees the calls of every file, and a comment at its call suppresses it', () => {
  const tree = { 'a.ts': 'ask("1")', 'b.ts': 'ask("1")\nask("2")', 'c.ts': 'ask("2")' };
  const found = lintTree(tree, { rules: [repeated] });
  expect(found.lines).toEqual(['a.ts:1 warning repeated', 'b.ts:2 warning repeated']);
  expect(found.diagnostics[0]?.message).toBe('2 calls are the same');
  const excused = { ...tree, 'a.ts': '// farthing-ignore-next-line repeated -- meant\nask("1")' };
  expect(lintTree(excused, { rules: [repeated] }).lines).toEqual(['b.ts:2 warning repeated']);
});

test('a rule over the project says nothing while calls may be missing, and its suppressions are not called unused', () => {
  const found = (text: string, isComplete: boolean) => {
    const root = makeTree({ 'a.ts': text });
    const workspace = createWorkspace({ ...scanOptions(root), rules: [repeated], isLive: true, now: () => NOW });
    if (isComplete) for (const _ of workspace.scan());
    return workspace.findings(`${root}/a.ts`).map(({ rule: id }) => id);
  };
  expect(found('ask("1")\nask("1")', true)).toEqual(['repeated']);
  expect(found('ask("1")\nask("1")', false)).toEqual([]);
  expect(found('// farthing-ignore-next-line repeated -- x\nask("1")', true)).toEqual(['unused-suppression']);
  expect(found('// farthing-ignore-next-line repeated -- x\nask("1")', false)).toEqual([]);
});

test('a rule over the project that throws is one problem', () => {
  const broken: ProjectRule<number> = {
    ...repeated,
    check: () => {
      throw new Error('broken');
    },
  };
  const { lines, problems } = lintTree({ 'a.ts': 'ask("1")' }, { rules: [broken, everyCall] });
  expect(lines).toEqual(['a.ts:1 warning every-call']);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('the rule repeated failed')]);
});

test('findings are shown in the reader`s language, with their data and the saving of a fix', () => {
  const root = makeTree({ 'a.ts': 'ask("1")' });
  const told: CallRule<number> = {
    ...METADATA,
    scope: 'call',
    id: 'told',
    check: (call) => [{ data: 3, origin: call.origin }],
    message: { en: (count) => `${count} calls`, es: (count) => `${count} llamadas` },
    saving: (count) => exactly(count, 'assumed'),
  };
  const [found] = scan(scanOptions(root, { rules: [told] })).workspace.findings(`${root}/a.ts`);
  expect([found?.message('en'), found?.message('es')]).toEqual(['3 calls', '3 llamadas']);
  expect(found).toMatchObject({ data: 3, saving: exactly(3, 'assumed') });
});
