import { expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../../cli/formats/fixture.ts';
import { callsAsCsv } from './csv.ts';
import { reportAsHtml } from './html.ts';

const HOSTILE = '</td><script>alert(1)</script>"\'&.ts';

test('CSV has a call a line, the most expensive first, with money that a spreadsheet can add up', () => {
  const [head = '', ...lines] = callsAsCsv(reportFixture()).trimEnd().split('\r\n');
  expect(head).toBe(
    'path,cell,line,function,api,model,in_tests,reached_from,input_tokens,output_tokens,usd_per_call,usd_per_call_low,' +
      'usd_per_call_high,usd_per_call_basis,usd_per_month,usd_per_month_low,usd_per_month_high,usd_per_month_basis,findings,id',
  );
  expect(lines).toHaveLength(reportFixture().calls.length);
  expect(lines.find((line) => line.startsWith('src/answer.ts,,42'))).toBe(
    'src/answer.ts,,42,answer,openai chat.completions,gpt-6-sol (literal),no,unknown,3220,300,0.0094,0.0074,0.0114,assumed,,,,unknown,unbounded-output,a1',
  );
});

test('CSV gives of a cost that is known in part only what is certain', () => {
  const perCall = { low: 0.002, expected: 0.002, high: 0.002, basis: 'unknown' } as const;
  const call = callFixture({ cost: { ...callFixture({}).cost, perCall } });
  expect(callsAsCsv(reportFixture({ calls: [call], diagnostics: [] }))).toContain(',300,,0.002,,unknown,');
});

test('a name in CSV is never a formula', () => {
  const call = callFixture({ path: '=HYPERLINK("http://x")', function: '+1' });
  const csv = callsAsCsv(reportFixture({ calls: [call], diagnostics: [] }));
  expect(csv).toContain('"\'=HYPERLINK(""http://x"")",,42,\'+1,');
});

test('HTML lists findings, the most severe first, and all calls', () => {
  const page = reportAsHtml(reportFixture());
  expect(page.indexOf('No output limit')).toBeGreaterThan(page.indexOf('<h2>Findings</h2>'));
  expect(page).toContain('<td><code>src/answer.ts:42:18</code></td><td>openai chat.completions</td>');
  expect(page).toContain('<code>notebooks/rag.ipynb, cell 4, 2:1</code>');
  expect(page).toContain('$215 per month, declared');
});

test('HTML runs no script and loads nothing, whatever names and messages say', () => {
  const page = reportAsHtml(
    reportFixture({ calls: [callFixture({ path: HOSTILE })], diagnostics: [findingFixture({ message: HOSTILE })] }),
  );
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;.ts');
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/(?:src|href)=/);
});

test('HTML of a report without calls says what was searched', () => {
  const page = reportAsHtml(reportFixture({ calls: [], diagnostics: [] }));
  expect(page).toContain('No LLM calls found in');
  expect(page).not.toContain('<table>');
});
