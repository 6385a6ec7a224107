/** `farthing models`: the price table as its user reads it. */
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';

describe('models', () => {
  test('models: the table, a provider, one model with the source and date of its price', () => {
    expect(farthing(['models']).out).toMatch(/^model +provider +in +out/);
    const ofProvider = farthing(['models', 'anthropic']).out;
    expect(ofProvider).toMatch(/^claude-/m);
    expect(ofProvider).not.toMatch(/^gpt-/m);
    const mini = farthing(['models', 'gpt-4o-mini']).out;
    expect(mini).toMatch(/price +\$0\.15 in, \$0\.6 out/);
    expect(mini).toMatch(/fees +\$0\.01 per web search/);
    expect(mini).toMatch(/retires .*gpt-6-luna\), after which calls fail$/m);
    expect(mini).toMatch(/sources +price: genai-prices.*\d{4}-\d{2}-\d{2}$/m);
    expect(mini).not.toContain('[S]');
    expect(farthing(['models', 'gpt-audio']).out).toMatch(/audio +\$32 in, \$64 out/);
    const ranking = farthing(['models', 'rerank-v3.5']).out;
    expect(ranking).toMatch(/fees +\$0\.002 per search unit/);
    expect(ranking).toMatch(/unknown +context, batch, tokenizer\n/);
    expect(farthing(['models', 'mistral-embed']).out).not.toMatch(/fees|output limit/);
    expect(farthing(['models', 'gemini-2.5-pro']).out).toContain('after which the replacement answers and is billed');
  });

  test('models as JSON: in dollars per million tokens, with null for what is unknown', () => {
    const { version, prices, models } = JSON.parse(farthing(['models', 'gpt-4o-mini', '--json']).out);
    expect({ version, prices }).toEqual({
      version: 1,
      prices: { source: expect.any(String), date: expect.any(String) },
    });
    const mini = models.find(({ provider }: { provider: string }) => provider === 'openai');
    expect(mini).toMatchObject({
      id: 'gpt-4o-mini',
      price: { input: 0.15, output: 0.6, audioInput: null },
      fees: { 'web-search': { medium: 0.01 } },
      retirement: { date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      sources: { price: { source: expect.stringContaining('genai-prices') } },
    });
    const all = JSON.parse(farthing(['models', '--json']).out).models;
    expect(all.length).toBeGreaterThan(JSON.parse(farthing(['models', 'anthropic', '--json']).out).models.length);
    expect(farthing(['models', 'gpt-6-solo', '--json'])).toMatchObject({ status: 2, out: '' });
  });

  test('models proposes the nearest names of an unknown one, and says that they are that', () => {
    const { status, err } = farthing(['models', 'mistral-small-lates']);
    expect(status).toBe(2);
    expect(err).toMatch(/is not a known model.*Similar names: mistral-small-latest, /);
    for (const name of ['mistral-large-latest', 'grok-4', 'deepseek-chat']) {
      expect(farthing(['models', name])).toMatchObject({ status: 0, out: expect.stringContaining(name) });
    }
  });

  test('models takes a table of prices that the configuration names, and says what is wrong with one', () => {
    const table = { models: [{ provider: 'openai', model: 'gpt-4o', input: 2, output: 7 }] };
    const folder = (text: string) =>
      folderWith({ 'farthing.config.json': '{ "priceTable": "prices.json" }', 'prices.json': text });
    const own = farthing(['models', 'gpt-4o'], { cwd: folder(JSON.stringify(table)) });
    expect(own.out).toMatch(/gpt-4o \(openai, text\)\n +price +\$2 in, \$7 out/);
    expect(own.out).toContain('price: prices.json, 20');
    const broken = farthing(['models', 'gpt-4o'], { cwd: folder(JSON.stringify(table).replace('7', '"7"')) });
    expect(broken.out).toMatch(/price +\$2\.5 in/);
    expect(broken.err).toContain(
      'priceTable: "prices.json" is not used: models[0].output: "7" is not a number of dollars.',
    );
  });

  test('models has discounts and deployments', () => {
    const config = {
      discounts: [{ provider: 'azure', discount: 0.2 }],
      deployments: { 'prod-chat': 'gpt-4o' },
    };
    const { out } = farthing(['models', 'prod-chat'], {
      cwd: folderWith({ 'farthing.config.json': JSON.stringify(config) }),
    });
    expect(out).toMatch(/gpt-4o \(azure, text\)\n +price +\$2 in, \$8 out/);
    expect(out).toContain('20% off by your configuration');
  });

  test("models takes a price of the user's own", () => {
    const prices = '{ "prices": [{ "model": "our-llama", "provider": "vllm", "input": 0, "output": 0 }] }';
    const { status, out } = farthing(['models', 'our-llama'], { cwd: folderWith({ 'farthing.config.json': prices }) });
    expect(status).toBe(0);
    expect(out).toContain('$0 in, $0 out');
  });
});
