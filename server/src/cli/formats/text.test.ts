import { expect, test } from 'vitest';
import { callFixture, contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatText } from './text.ts';

test('packages that send requests and are not read are named', () => {
  const unread = () => [
    { name: 'agno', files: 105 },
    { name: 'mem0', files: 1 },
    { name: 'phi', files: 1 },
  ];
  expect(formatText(reportFixture({ calls: [] }), { ...contextFixture, rows: 2, unread })).toContain(
    [
      'Not read',
      '  105 files import agno, which Farthing does not read',
      '  1 file imports mem0, which Farthing does not read',
      '  and 1 other package',
    ].join('\n'),
  );
});

test('groups by file, lines the numbers up and adds up only months', () => {
  expect(formatText(reportFixture(), contextFixture)).toBe(
    [
      'notebooks/rag.ipynb',
      '  cell 4, 2:1  openai embeddings        gpt-6-sol (literal)     about 100 in                 $0.0042 per 1,000 calls, literal; $215/month at 51.19M, declared',
      '         info     embedding-in-loop  One request per text | the endpoint takes an array.',
      '',
      'src/answer.ts',
      '  42:18        openai chat.completions  gpt-6-sol (literal)         3,220 in  up to 500 out  ~$9.40 per 1,000 calls ($7.40 to $11.00), assumed',
      '         warning  unbounded-output  No output limit: one answer can run to 128,000 tokens ($1.28).',
      '  88:18        openai chat.completions  model from a parameter      3,220 in  up to 500 out',
      '',
      '3 calls in 2 files, 2 priced, 1 with a model set at run time (they are listed, not guessed)',
      'A model that is set at run time has no cost until you declare it: farthing init --models proposes what to write',
      '$215 per month, declared, for the 1 call whose volume is known; 2 calls have no volume and are not included',
      '2 findings: 1 warning, 1 information. 2 have a suggested fix: farthing scan --fix-suggested all --dry-run shows what it changes',
      'prices: genai-prices of 2026-09-22. Nothing left this machine.',
      '',
    ].join('\n'),
  );
});

test('an empty report says what was looked for', () => {
  const text = formatText(reportFixture({ calls: [], diagnostics: [] }), contextFixture);
  expect(text).toContain('No LLM calls found in 12 files.');
  expect(text).toContain('farthing sdks');
  expect(text).not.toContain('No findings');
});

test('a finding that belongs to no call is listed at its own place', () => {
  const finding = findingFixture({ call: null, line: 7, column: 3, rule: 'unused-suppression', message: 'Unused.' });
  const text = formatText(reportFixture({ calls: [callFixture({})], diagnostics: [finding] }), contextFixture);
  expect(text.split('\n').slice(0, 3)).toEqual([
    'src/answer.ts',
    '  7:3  warning  unused-suppression  Unused.',
    expect.stringContaining('42:18'),
  ]);
});

test('a finding that points at another file stands under its call and says where', () => {
  const finding = findingFixture({ path: 'src/models.ts', line: 3, column: 7, message: 'Too large.' });
  const text = formatText(reportFixture({ calls: [callFixture({})], diagnostics: [finding] }), contextFixture);
  expect(text).toContain('unbounded-output  Too large. (src/models.ts:3:7)');
  expect(text).not.toMatch(/^src\/models\.ts$/m);
});

test('a finding whose call is not in the report is not lost', () => {
  const finding = findingFixture({ path: 'src/other.ts', call: 'gone' });
  const text = formatText(reportFixture({ calls: [callFixture({})], diagnostics: [finding] }), contextFixture);
  expect(text).toContain('src/other.ts\n  42:18  warning  unbounded-output');
});

test('messages wrap at the width of a terminal and nowhere else', () => {
  const message = `${'word '.repeat(60)}end`;
  const report = reportFixture({ calls: [callFixture({})], diagnostics: [findingFixture({ message })] });
  const wrapped = formatText(report, { ...contextFixture, columns: 80 }).split('\n');
  const body = wrapped.filter((line) => line.includes('word'));
  expect(body.length).toBeGreaterThan(3);
  expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(formatText(report, contextFixture)).toContain(message);
});

test('of a prompt that is partly unknown, what never changes is a lower bound', () => {
  const unknown = { low: 1315, expected: 1927, high: 3987, basis: 'unknown' } as const;
  const part = { low: 1293, expected: 1724, high: 1983, basis: 'assumed' } as const;
  const tokens = (stability: 'stable' | 'varying') => ({
    input: unknown,
    output: part,
    sections: [{ role: 'system', stability, ...part } as const],
  });
  const least = { low: 0.0031234, expected: 0.0031234, high: 0.0031234, basis: 'unknown' } as const;
  const lineOf = (stability: 'stable' | 'varying', perCall: typeof least | null) => {
    const cost = { perCall, perMonth: null, perStep: null, perRun: null, units: null, currency: 'USD' } as const;
    return formatText(reportFixture({ calls: [callFixture({ tokens: tokens(stability), cost })] }), contextFixture);
  };
  expect(lineOf('stable', least)).toContain(
    'at least 1,293 in  up to 500 out  from $3.10 per 1,000 calls, the rest unknown',
  );
  expect(lineOf('stable', least)).toContain('0 priced');
  expect(lineOf('varying', null)).toContain('size unknown  up to 500 out  $2 in, $10 out per million tokens');
});

test('colours only where they are asked for', () => {
  const start = String.fromCharCode(27);
  expect(formatText(reportFixture(), contextFixture)).not.toContain(start);
  expect(formatText(reportFixture(), { ...contextFixture, hasColors: true })).toContain(`${start}[33mwarning`);
});
