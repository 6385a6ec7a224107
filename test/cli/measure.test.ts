/** `farthing measure import`: records of every format in, what calls really cost out, beside what the code says. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MeasuredFile } from '@farthing/shared/measured/measured';
import { measuredJsonSchema } from '@farthing/shared/measured/measured-schema';
import type { Report } from '@farthing/shared/report';
import { reportJsonSchema } from '@farthing/shared/report-schema';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';

const ANSWER = `import OpenAI from 'openai';
const openai = new OpenAI();

export async function answer(question: string) {
  return await openai.chat.completions.create({
    model: 'gpt-6-luna',
    messages: [{ role: 'system', content: 'You answer letters.' }, { role: 'user', content: question }],
  });
}
`;
const PLACE = 'src/answer.ts:5:16';
const DAY = 86_400_000;
const START = Date.parse('2026-11-20T08:00:00Z');

interface RowChanges {
  readonly [name: string]: unknown;
}

/** A row as the runtime's ledger has it. The tool's own cost is absurd, so that nothing can rest on it. */
function row(index: number, changes: RowChanges = {}): string {
  return JSON.stringify({
    id: `call-${index}`,
    at: START + index * DAY,
    callSite: PLACE,
    provider: 'openai',
    endpoint: 'openai-chat',
    model: 'gpt-6-luna',
    servedModel: 'gpt-6-luna',
    status: 200,
    origin: 'provider',
    end: 'complete',
    inputTokens: 1000,
    cachedInputTokens: 400,
    cacheWriteTokens: 0,
    outputTokens: 200,
    reasoningTokens: 0,
    cost: 999_999_999,
    latency: 900,
    ...changes,
  });
}

const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
const measuredIn = (cwd: string): MeasuredFile =>
  JSON.parse(readFileSync(join(cwd, '.farthing/measured.json'), 'utf8'));
const imported = (cwd: string, ...args: readonly string[]) => farthing(['measure', 'import', ...args], { cwd });

function scanned(cwd: string, ...args: readonly string[]): Report {
  const { out, err } = farthing(['scan', '--format', 'json', ...args], { cwd });
  expect(err).toBe('');
  return JSON.parse(out);
}

/** Dollars by the price of gpt-6-luna in the table, as its own command says it. */
function costOf(
  { input, cached, output }: { input: number; cached: number; output: number },
  cwd: string,
  model = 'gpt-6-luna',
): number {
  const { out } = farthing(['models', model, '--json'], { cwd });
  const { price } = JSON.parse(out).models[0];
  return ((input - cached) * price.input + cached * price.cacheRead + output * price.output) / 1_000_000;
}

/** What each format says of the same two calls: 1,000 tokens in, of which 400 cached, and 200 out. */
const FORMATS: Readonly<Record<string, { readonly name: string; readonly text: string; readonly isJoined: boolean }>> =
  {
    "the runtime's ledger": { name: 'ledger.jsonl', text: lines(row(0), row(2)), isJoined: true },
    OpenTelemetry: {
      name: 'spans.json',
      isJoined: true,
      text: [0, 2]
        .map((index) =>
          JSON.stringify({
            resourceSpans: [
              {
                resource: { attributes: [] },
                scopeSpans: [
                  {
                    spans: [
                      span(index, [
                        ['gen_ai.operation.name', { stringValue: 'chat' }],
                        ['gen_ai.provider.name', { stringValue: 'openai' }],
                        ['gen_ai.request.model', { stringValue: 'gpt-6-luna' }],
                        ['gen_ai.usage.input_tokens', { intValue: '1000' }],
                        ['gen_ai.usage.output_tokens', { intValue: '200' }],
                        ['gen_ai.usage.cache_read.input_tokens', { intValue: '400' }],
                        ['code.file.path', { stringValue: '/app/src/answer.ts' }],
                        ['code.function.name', { stringValue: 'answer' }],
                        ['code.line.number', { intValue: '5' }],
                      ]),
                      // The span of the server around it is no call of a model.
                      span(index, [['http.request.method', { stringValue: 'POST' }]]),
                    ],
                  },
                ],
              },
            ],
          }),
        )
        .join('\n'),
    },
    "LiteLLM's spend log": {
      name: 'spend.json',
      isJoined: true,
      text: JSON.stringify(
        [0, 2].map((index) => ({
          request_id: `r${index}`,
          call_type: 'acompletion',
          custom_llm_provider: 'openai',
          model: 'openai/gpt-6-luna',
          spend: 17,
          prompt_tokens: 1000,
          completion_tokens: 200,
          startTime: new Date(START + index * DAY).toISOString(),
          endTime: new Date(START + index * DAY + 900).toISOString(),
          metadata: {
            usage_object: { prompt_tokens_details: { cached_tokens: 400 } },
            spend_logs_metadata: { 'code.file.path': 'src/answer.ts', 'code.function.name': 'answer' },
          },
        })),
        null,
        2,
      ),
    },
    "Langfuse's observations": {
      name: 'observations.csv',
      isJoined: true,
      text: `id,trace_id,type,start_time,end_time,provided_model_name,usage_details,level,metadata,total_cost
a,t,SPAN,2026-11-20 08:00:00.000,,,,DEFAULT,,
${[20, 22].map((day) => `b${day},t,GENERATION,2026-11-${day} 08:00:00.123456,2026-11-${day} 08:00:01,gpt-6-luna,"{""input"":600,""input_cached_tokens"":400,""output"":200,""total"":1200}",DEFAULT,"{""attributes"":{""farthing.call_site"":""${PLACE}""}}",17`).join('\n')}
`,
    },
    "Helicone's requests": {
      name: 'helicone.jsonl',
      isJoined: true,
      text: lines(
        ...[0, 2].map((index) =>
          JSON.stringify({
            request_id: `h${index}`,
            request_created_at: new Date(START + index * DAY).toISOString(),
            response_status: 200,
            provider: 'OPENAI',
            request_model: 'gpt-6-luna',
            prompt_tokens: 600,
            prompt_cache_read_tokens: 400,
            completion_tokens: 150,
            reasoning_tokens: 50,
            delay_ms: 900,
            cost: 17,
            request_properties: { call_site: PLACE },
          }),
        ),
      ),
    },
    "OpenAI's usage": {
      name: 'usage.csv',
      isJoined: false,
      text: `start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model,batch,input_tokens,output_tokens,input_cached_tokens
1763625600,1763712000,2026-11-20T00:00:00+00:00,2026-11-21T00:00:00+00:00,2,gpt-6-luna,False,2000,400,800
1763712000,1763798400,2026-11-21T00:00:00+00:00,2026-11-22T00:00:00+00:00,,,,,,
`,
    },
  };

function span(index: number, attributes: readonly (readonly [string, object])[]): object {
  const start = BigInt(START + index * DAY) * 1_000_000n;
  return {
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 900_000_000n),
    attributes: attributes.map(([key, value]) => ({ key, value })),
  };
}

describe('a file of each format', () => {
  test.each(Object.entries(FORMATS))('%s: the same calls have the same cost', (format, { name, text, isJoined }) => {
    const cwd = folderWith({ 'src/answer.ts': ANSWER, 'farthing.config.json': '{}', [name]: text });
    const { status, out, err } = imported(cwd, name);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`${name}: 2 calls from ${format}`);
    expect(out).not.toContain('not understood');
    const [site, ...others] = measuredIn(cwd).sites;
    expect(others).toEqual([]);
    expect(site).toMatchObject({ answered: 2, priced: 2, tokens: { input: 2000, cachedInput: 800, output: 400 } });
    expect(site?.cost).toBe(Math.round(2 * costOf({ input: 1000, cached: 400, output: 200 }, cwd) * 1e9));
    const { calls, unjoined } = scanned(cwd);
    expect(site?.call ?? null).toBe(isJoined ? calls[0]?.id : null);
    expect(unjoined === null).toBe(isJoined);
  });

  test("Anthropic's usage has the classes of its caches, and belongs to no call of the code", () => {
    const cwd = folderWith({
      'src/answer.ts': ANSWER,
      'usage.csv': `\uFEFFusage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count
2026-11-20,claude-haiku-5-5,"key, main",Default,standard,≤ 200k,1000,300,200,500,400,0
`,
    });
    expect(imported(cwd, 'usage.csv').out).toContain('anthropic claude-haiku-5-5');
    expect(measuredIn(cwd).sites[0]).toMatchObject({
      call: null,
      priced: 1,
      tokens: { input: 2000, cachedInput: 500, cacheWrite: 300, cacheWriteLong: 200, output: 400 },
    });
  });

  test('the SQLite file of the runtime is only read', () => {
    const cwd = folderWith({ 'src/answer.ts': ANSWER, 'farthing.config.json': '{}' });
    const path = join(cwd, 'farthing.db');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE ledger (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, row TEXT NOT NULL)');
    const insert = database.prepare('INSERT INTO ledger (id, row) VALUES (?, ?)');
    database.exec('BEGIN');
    for (let index = 0; index < 1_203; index++) insert.run(`c${index}`, row(index / 400));
    database.exec('COMMIT');
    database.close();
    const before = readFileSync(path);
    expect(imported(cwd, 'farthing.db').out).toContain('1 call site, 1,203 of 1,203 calls joined');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('what was measured', () => {
  const cwd = () => folderWith({ 'src/answer.ts': ANSWER, 'farthing.config.json': '{}' });
  const rows = lines(
    ...Array.from({ length: 21 }, (_, index) => row(index / 2, { outputTokens: 100 + index * 10 })),
    row(3, { origin: 'exact-cache' }),
    row(3, { status: 500, inputTokens: null, outputTokens: null }),
  );

  test('takes the place of what is assumed, with its basis, in every figure of the call', () => {
    const folder = cwd();
    const [before] = scanned(folder).calls;
    writeFileSync(join(folder, 'ledger.jsonl'), rows);
    imported(folder, 'ledger.jsonl');
    const report = scanned(folder);
    expect(new Ajv({ strict: false }).validate(reportJsonSchema(), report)).toBe(true);
    const [call] = report.calls;
    const mean = costOf({ input: 1000, cached: 400, output: 200 }, folder);
    expect(call?.cost.perCall).toMatchObject({ expected: expect.closeTo(mean, 9), basis: 'measured' });
    expect(call?.tokens.output).toMatchObject({ expected: 200, basis: 'measured' });
    expect(call?.tokens.input).toMatchObject({ expected: 1000, basis: 'measured' });
    // 21 answered calls in ten days.
    expect(call?.cost.perMonth).toMatchObject({ expected: expect.closeTo(mean * 63, 9), basis: 'measured' });
    expect(call?.measured).toMatchObject({ calls: 23, answered: 21, reused: 1, failed: 1, isOtherModel: false });
    expect(call?.measured?.predicted.perRequest).toEqual(before?.cost.perCall);
  });

  test('is said with its number, its time and what the code alone says, in text and Markdown', () => {
    const folder = cwd();
    writeFileSync(join(folder, 'ledger.jsonl'), rows);
    imported(folder, 'ledger.jsonl');
    const said = /measured \(n 21, 10 days until 2026-11-30\)/;
    const { out } = farthing(['scan'], { cwd: folder });
    expect(out).toMatch(said);
    expect(out).toMatch(
      /\| 2\.3 calls\/day \| 5% from cache \| 40% of input cached \| 4% failed \| the code alone says: ~\$/,
    );
    const markdown = farthing(['scan', '--format', 'markdown'], { cwd: folder }).out;
    expect(markdown.replaceAll('\\', '')).toMatch(said);
  });

  test('is no volume if it lasted less than a day, and a comment at the call goes before it', () => {
    const folder = cwd();
    writeFileSync(join(folder, 'ledger.jsonl'), lines(row(0), row(0.5)));
    imported(folder, 'ledger.jsonl');
    expect(scanned(folder).calls[0]?.cost.perMonth).toBeNull();
    writeFileSync(join(folder, 'ledger.jsonl'), rows);
    writeFileSync(join(folder, 'src/answer.ts'), ANSWER.replace('  return', '  // farthing: calls=1k/month\n  return'));
    imported(folder, 'ledger.jsonl');
    const { cost } = scanned(folder).calls[0] as Report['calls'][number];
    expect(cost.perMonth?.expected).toBeCloseTo((cost.perCall?.expected ?? 0) * 1000, 9);
  });

  test('has nothing of what a budget refused: it was never sent', () => {
    const folder = cwd();
    const refused = row(1, { origin: 'refusal', status: 402, inputTokens: null, outputTokens: null });
    writeFileSync(join(folder, 'ledger.jsonl'), lines(row(0), refused, refused));
    expect(imported(folder, 'ledger.jsonl').out).toContain('1 of 1 call joined');
    expect(scanned(folder).calls[0]?.measured).toMatchObject({ calls: 1, failed: 0 });
  });

  test('is not measured where the usage of a call is missing', () => {
    const folder = cwd();
    writeFileSync(join(folder, 'ledger.jsonl'), lines(row(0), row(1), row(2, { inputTokens: null })));
    expect(imported(folder, 'ledger.jsonl').out).toContain('1 answered call has no cost');
    expect(scanned(folder).calls[0]?.cost.perCall?.basis).toBe('assumed');
  });

  test('gives way to the price of the model that the code names now', () => {
    const folder = cwd();
    writeFileSync(join(folder, 'ledger.jsonl'), rows);
    imported(folder, 'ledger.jsonl');
    writeFileSync(join(folder, 'src/answer.ts'), ANSWER.replace('gpt-6-luna', 'gpt-6-sol'));
    const [call] = scanned(folder).calls;
    expect(call?.measured).toMatchObject({ isOtherModel: true, changedLines: 1 });
    // The prompts and answers that were measured, at its price: a prompt of 13 tokens would cost a hundredth.
    const mean = costOf({ input: 1000, cached: 400, output: 200 }, folder, 'gpt-6-sol');
    expect(call?.cost.perCall).toMatchObject({ expected: expect.closeTo(mean, 9), basis: 'assumed' });
    expect(call?.tokens.output.basis).toBe('measured');
    expect(call?.cost.perMonth).toMatchObject({ expected: expect.closeTo(mean * 63, 9), basis: 'assumed' });
    expect(farthing(['scan'], { cwd: folder }).out).toContain('1 line changed since | another model since');
  });

  test('says which limits protect nobody', () => {
    const code = ANSWER.replace('messages:', 'max_completion_tokens: 16_000,\n    messages:');
    const folder = folderWith({ 'src/answer.ts': code, 'farthing.config.json': '{}' });
    const asked = ['scan', '--rule', 'oversized-output-limit'];
    const answers = (count: number) => lines(...Array.from({ length: count }, (_, index) => row(index / 200)));
    writeFileSync(join(folder, 'ledger.jsonl'), answers(999));
    imported(folder, 'ledger.jsonl');
    expect(farthing(asked, { cwd: folder }).out).not.toContain('measured answers');
    writeFileSync(join(folder, 'ledger.jsonl'), answers(1000));
    imported(folder, 'ledger.jsonl');
    expect(farthing(asked, { cwd: folder }).out).toMatch(
      /99% of 1,000 measured answers have at most 200 tokens, and the limit is 16,000: \$\S+ instead of \$\S+ for one that goes wrong\. Set about 400\./,
    );
    farthing([...asked, '--fix-suggested', 'oversized-output-limit'], { cwd: folder });
    expect(readFileSync(join(folder, 'src/answer.ts'), 'utf8')).toBe(code.replace('16_000', '400'));
    expect(farthing(asked, { cwd: folder }).out).not.toContain('measured answers');
  });

  test('stands beside a change of the call, and in the tables for agents', () => {
    const { cwd: folder, commit, write } = repositoryWith({ 'src/answer.ts': ANSWER, 'farthing.config.json': '{}' });
    commit({});
    write({ 'ledger.jsonl': rows });
    imported(folder, 'ledger.jsonl');
    expect(farthing(['inspect'], { cwd: folder }).out).toMatch(/measured \(n 21, 10 days until 2026-11-30\)/);
    write({ 'src/answer.ts': ANSWER.replace('gpt-6-luna', 'gpt-6-sol') });
    const said = /measured \(n 21, 10 days until 2026-11-30\), .*1 line changed since, another model since/;
    for (const format of ['text', 'markdown', 'llm']) {
      const { out } = farthing(['diff', 'HEAD', '--format', format], { cwd: folder });
      expect(out.replaceAll('\\', '')).toMatch(said);
    }
  });

  test('is imported anew as a whole: what was imported before is replaced', () => {
    const folder = cwd();
    writeFileSync(join(folder, 'a.jsonl'), lines(row(0)));
    writeFileSync(join(folder, 'b.jsonl'), lines(row(1)));
    imported(folder, 'a.jsonl', 'b.jsonl');
    expect(measuredIn(folder).sites[0]?.calls).toBe(2);
    imported(folder, 'b.jsonl');
    expect(measuredIn(folder).sites[0]?.calls).toBe(1);
    expect(
      new Ajv({ strict: false, formats: { 'date-time': true } }).validate(measuredJsonSchema(), measuredIn(folder)),
    ).toBe(true);
  });
});

describe('the call that a record is about', () => {
  test('is found in the code of its commit, whatever has moved since', () => {
    const two = ANSWER + ANSWER.slice(ANSWER.indexOf('export')).replace('answer(', 'sort(');
    const { cwd, commit, write } = repositoryWith({ 'src/answer.ts': two });
    const ran = commit({});
    const moved = `// A comment.\n// Another one.\n${two.replace("'You answer letters.' }, {", "'You answer all letters.' }, {")}`;
    write({
      'src/answer.ts': moved,
      'ledger.jsonl': lines(row(0, { revision: ran }), row(1, { revision: ran, callSite: 'src/answer.ts:11:16' })),
    });
    expect(imported(cwd, 'ledger.jsonl').out).toContain('2 call sites, 2 of 2 calls joined');
    const { calls } = scanned(cwd);
    expect(calls.map((call) => [call.function, call.measured?.calls, call.measured?.changedLines])).toEqual([
      ['answer', 1, 1],
      ['sort', 1, 0],
    ]);
    expect(farthing(['scan'], { cwd }).out).toContain(
      `at ${ran.slice(0, 7)}) | 40% of input cached | 1 line changed since`,
    );
  });

  test('is none where the commit is not here, or the code has no call: it is listed by model and place', () => {
    const { cwd, write } = repositoryWith({ 'src/answer.ts': ANSWER });
    write({
      'ledger.jsonl': lines(
        row(0, { revision: 'f'.repeat(40) }),
        row(1, { callSite: 'src/answer.ts:2:1' }),
        row(2, { callSite: null, model: 'gpt-6-sol', servedModel: null }),
      ),
    });
    const { out } = imported(cwd, 'ledger.jsonl');
    expect(out).toContain('0 call sites, 0 of 3 calls joined');
    expect(out).toMatch(
      /not joined to a call of the code, by model:\n {2}openai gpt-6-sol: 1 call, \$[\d.]+\n {2}openai gpt-6-luna: 2 calls/,
    );
    expect(out).toContain('src/answer.ts:5 at fffffff: 1 call');
    expect(out).toContain('src/answer.ts:2: 1 call');
    const { unjoined, calls } = scanned(cwd);
    expect(calls[0]?.measured).toBeNull();
    expect(unjoined).toMatchObject({
      calls: 3,
      models: [{ model: 'gpt-6-sol' }, { model: 'gpt-6-luna', answered: 2 }],
    });
    expect(farthing(['scan'], { cwd }).out).toMatch(
      /3 measured calls \(\$[\d.]+\) could not be joined to the code: gpt-6-sol/,
    );
  });

  test('is named by its id, from any folder of the project', () => {
    const { cwd, write } = repositoryWith({ 'app/src/answer.ts': ANSWER });
    const [call] = scanned(cwd).calls;
    write({ 'app/ledger.jsonl': lines(row(0, { callSite: call?.id })) });
    expect(imported(join(cwd, 'app'), 'ledger.jsonl').out).toContain('1 of 1 call joined');
    expect(scanned(join(cwd, 'app'), '.').calls[0]?.measured?.calls).toBe(1);
  });
});

describe('input that cannot be used', () => {
  const code = { 'src/answer.ts': ANSWER, 'farthing.config.json': '{}' };

  test.each<[string, string, RegExp]>([
    ['empty.jsonl', '', /empty\.jsonl is empty/],
    ['other.json', '{"name": "app", "version": "1.0.0"}', /other\.json:1: this is not a record of calls/],
    ['prose.txt', 'Dear Sir,\nI write to you.\n', /prose\.txt:2: this is not a record of calls/],
  ])('%s: the error says the file, the line and what to do, and nothing is written', (name, text, message) => {
    const cwd = folderWith({ ...code, [name]: text });
    const { status, err } = imported(cwd, name);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err).toContain('Nothing was written.');
    expect(() => measuredIn(cwd)).toThrow();
  });

  test('records that are damaged are counted, with the line of the first, and the others are read', () => {
    const cwd = folderWith({ ...code, 'ledger.jsonl': lines(row(0), '{"callSite": "src/an', row(1), '[1, 2', row(2)) });
    const { out } = imported(cwd, 'ledger.jsonl');
    expect(out).toContain('ledger.jsonl: 3 calls');
    expect(out).toMatch(/2 records were not understood, the first on line 2/);
  });

  test.each([
    ['not JSON', '{'],
    ['another schema', '{"version": 2}'],
    [
      'counts that contradict each other',
      JSON.stringify({
        version: 1,
        imported: '2026-12-01T00:00:00Z',
        prices: { source: 'x', date: '2026-11-29' },
        sites: [{ calls: 1, answered: 5, reused: 0, failed: 0, priced: 0 }],
      }),
    ],
  ])('a file of measured calls that is %s is said and not used', (_, text) => {
    const cwd = folderWith({ ...code, '.farthing/measured.json': text });
    const { status, out, err } = farthing(['scan', '--format', 'json'], { cwd });
    expect(err).toMatch(/^farthing: \.farthing\/measured\.json is not used: .*\n$/);
    expect(status).toBe(0);
    expect(JSON.parse(out).calls[0].measured).toBeNull();
  });

  test('a name with control characters reaches no terminal', () => {
    const cwd = folderWith({
      ...code,
      'ledger.jsonl': lines(row(0, { model: 'a\u001b[31mb', servedModel: null }), row(1)),
    });
    const { out } = imported(cwd, 'ledger.jsonl');
    expect(out).not.toContain('\u001b');
    const file = measuredIn(cwd);
    const evil = JSON.stringify(file).replaceAll('gpt-6-luna', 'a\\u001b[31mb');
    writeFileSync(join(cwd, '.farthing/measured.json'), evil);
    for (const format of ['text', 'json', 'markdown'])
      expect(farthing(['scan', '--format', format], { cwd }).out).not.toContain('\u001b');
  });

  test('nothing is written through a link', () => {
    const elsewhere = folderWith({});
    const cwd = folderWith({ ...code, 'ledger.jsonl': lines(row(0)) });
    symlinkSync(elsewhere, join(cwd, '.farthing'));
    expect(imported(cwd, 'ledger.jsonl').err).toContain('is not a folder');
  });
});
