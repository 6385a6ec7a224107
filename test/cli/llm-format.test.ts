/** `--format llm`: the facts of the JSON in fewer tokens, counted with a provider's own vocabulary. */
import { join } from 'node:path';
import type { DiffReport } from '@farthing/shared/diff-report';
import type { Range } from '@farthing/shared/range';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { countO200k } from '@farthing/shared/tokens/encode';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/root.ts';
import { farthing } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';
import { OPEN, RETIRED, UNBOUNDED } from './sources.ts';

/** Of what the same facts take as JSON. */
const MAX_SHARE = 0.7;

const bounds = ({ low, expected, high, basis }: Range) => ({ low, expected, high, basis });

/** What a reader of the tables learns about a call, as an object with nothing empty in it. */
function callFacts({
  path,
  cell,
  line,
  function: name,
  sdk,
  api,
  model,
  tokens,
  outputLimit,
  cost,
  ...call
}: ReportCall) {
  return {
    path,
    ...(cell === null ? {} : { cell }),
    line,
    ...(name === null ? {} : { function: name }),
    api: `${sdk} ${api}`,
    ...(call.via[0]?.function ? { via: call.via[0].function } : {}),
    model: model.value ?? model.alternatives.map((one) => one.name),
    input: bounds(tokens.input),
    output: outputLimit.tokens ?? bounds(tokens.output),
    ...(cost.perCall === null ? {} : { perCall: bounds(cost.perCall) }),
    ...(cost.perMonth === null ? {} : { perMonth: bounds(cost.perMonth) }),
    ...(call.multiplier === null ? {} : { repeatedBy: call.multiplier.formula }),
    ...(call.reachedFrom === 'unknown' ? {} : { reachedFrom: call.reachedFrom }),
  };
}

function findingFacts({ path, cell, line, severity, rule, saving, fix, message }: ReportDiagnostic) {
  return {
    path,
    ...(cell === null ? {} : { cell }),
    line,
    severity,
    rule,
    ...(saving === null ? {} : { saving: bounds(saving) }),
    ...(fix === 'none' ? {} : { fix }),
    message,
  };
}

function sizes(args: readonly string[], cwd: string) {
  const [json, llm] = ['json', 'llm'].map((format) =>
    farthing([...args, '--fail-on', 'never', '--format', format], { cwd }),
  );
  expect([json?.err, llm?.err]).toEqual(['', '']);
  return { json: json?.out ?? '', llm: llm?.out ?? '' };
}

describe.each(['examples', 'test/fixtures'])('the report on %s', (folder) => {
  const { json, llm } = sizes(['scan', '--include-tests'], join(root, folder));
  const report: Report = JSON.parse(json);

  test('takes at least 30% fewer tokens than its facts as JSON, totals not counted', () => {
    const facts = JSON.stringify({
      calls: report.calls.map(callFacts),
      findings: report.diagnostics.map(findingFacts),
    });
    expect(report.calls.length).toBeGreaterThan(15);
    const lists = llm.slice(llm.indexOf('## Calls'));
    expect(countO200k(lists) / countO200k(facts)).toBeLessThan(MAX_SHARE);
    expect(countO200k(llm) / countO200k(json)).toBeLessThan(0.2);
  });

  test('has a row for every call and every finding', () => {
    const rows = llm.split('\n');
    for (const { message } of report.diagnostics)
      expect(rows.some((row) => row.endsWith(`|${message.replaceAll('|', '\\|')}`))).toBe(true);
    const callRows = llm.slice(llm.indexOf('## Calls'), llm.indexOf('## Findings')).split('\n');
    const paths = new Set(report.calls.map(({ path }) => path));
    // The title, the head, the paths; the last line break.
    expect(callRows).toHaveLength(report.calls.length + paths.size + 3);
  });
});

test('what changed takes at least 30% fewer tokens than its facts as JSON', () => {
  const repository = repositoryWith({ 'a.ts': UNBOUNDED, 'b.ts': RETIRED, 'c.ts': OPEN });
  repository.write({
    'a.ts': UNBOUNDED.replace('gpt-6-luna', 'gpt-6-sol'),
    'b.ts': RETIRED.replace('200', '900'),
    'd.ts': UNBOUNDED,
  });
  const { json, llm } = sizes(['diff', 'main'], repository.cwd);
  const report: DiffReport = JSON.parse(json);
  const facts = JSON.stringify({
    revisions: [report.base, report.head],
    summary: report.summary,
    calls: report.calls.map(({ base, head, kind, change, causes, missing }) => ({
      kind,
      ...(base === null ? {} : { base: callFacts(base) }),
      ...(head === null ? {} : { head: callFacts(head) }),
      change,
      causes,
      ...(missing.length === 0 ? {} : { missing }),
    })),
    findings: report.findings.new.map(findingFacts),
  });
  expect(report.calls.length).toBeGreaterThan(2);
  expect(countO200k(llm) / countO200k(facts)).toBeLessThan(MAX_SHARE);
  expect(llm).toMatch(/^PASS\nmain \(\w+\) to the working tree: 2 calls changed, 1 added, 1 unchanged\n/);
  expect(llm).toMatch(/^a\.ts:4\|model\|gpt-6-luna \(openai\) -> gpt-6-sol \(openai\)\|\+/m);
  const row = String.raw`^4\|changed\|tag\|openai chat\.completions\|gpt-6-luna -> gpt-6-sol\|[\d.]+ \(\S+\) -> [\d.]+ \(\S+\)\|\+`;
  expect(llm).toMatch(new RegExp(`^## Changed calls\\n.*\\na\\.ts\\n${row.slice(1)}`, 'm'));
  expect(llm).toMatch(/^b\.ts:4\|output limit\|up to 200 out -> up to 900 out\|0 \(0\.\.\+/m);
  expect(llm).toMatch(/^## New findings\n.*\nd\.ts\n4\|hint\|unbounded-output\|suggested\|/m);
});

test('a report without calls says what was searched', () => {
  const { llm } = sizes(['scan'], repositoryWith({ 'a.ts': 'export const a = 1;\n' }).cwd);
  expect(llm).toMatch(/^No LLM calls found in 1 file\./);
});

test('a diff begins with the verdict and its reasons', () => {
  const policy = { policy: { models: [{ deny: ['gpt-4*'] }] } };
  const repository = repositoryWith({ 'a.ts': UNBOUNDED, 'farthing.config.json': JSON.stringify(policy) });
  repository.write({ 'a.ts': RETIRED });
  const { llm } = sizes(['diff', 'main'], repository.cwd);
  expect(llm).toMatch(/^FAIL\n/);
  expect(llm).toMatch(/^## Reasons of the verdict\neffect\|rule\|where\|/m);
  expect(llm).toMatch(/^blocks\|disallowed-model\|a\.ts:4\|/m);
});
