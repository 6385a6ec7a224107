import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { type Embedder, lexicalEmbedder, type MeterEvent } from '../../runtime/src/index.ts';
import type { SemanticOptions } from '../../runtime/src/layers/answer-cache/semantic/options.ts';
import { WEIGHTS } from '../../runtime/src/semantic/model/weights.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** All questions are equally near: what is served is the model's decision alone. */
const alike: Embedder = { name: 'alike', embed: async (texts) => texts.map(() => [1, 0.5, 0.25]) };

const start = async (semantic: Partial<SemanticOptions>): Promise<void> => {
  on = await setUp({ cache: { mode: 'on', semantic: { embedder: alike, ...semantic } } });
};

const ask = async (content: string): Promise<string> => {
  const messages = [{ role: 'user' as const, content }];
  await on.metered.openai.chat.completions.create({ model: 'small', messages, temperature: 0 });
  await on.meter.flush();
  return on.calls.at(-1)?.id ?? '';
};

const origins = (): readonly string[] => on.calls.map(({ origin }) => origin);
const similar = () =>
  on.events.filter((event): event is Extract<MeterEvent, { type: 'similar' }> => event.type === 'similar');

describe('switched on', () => {
  test('with maxWrong, what the rules leave open is served if the model finds it the same', async () => {
    await start({ mode: 'on', maxWrong: 0.01 });
    await ask('What is the population of Peru?');
    await ask('What is the current population of Peru?');
    await ask('What is the rural population of Peru?');
    expect(origins()).toEqual(['provider', 'semantic-cache', 'provider']);
    expect(similar()).toMatchObject([{ by: 'model', isShadow: false }]);
  });

  test('of all that is served of questions that the model was not fitted on, at most the share of maxWrong is wrong', async () => {
    await start({ mode: 'on', embedder: lexicalEmbedder(), maxWrong: 0.01 });
    const file = new URL('../fixtures/semantic/groups-held-out.jsonl', import.meta.url);
    const answers = new Map<string, string>();
    for (const [group, line] of readFileSync(file, 'utf8').trim().split('\n').entries()) {
      const { same, other }: Record<'same' | 'other', readonly string[]> = JSON.parse(line);
      for (const text of same) answers.set(text, `group ${group}`);
      for (const text of other) answers.set(text, text);
    }
    for (const question of answers.keys()) await ask(question);
    const wrong = similar().filter(({ stored, question }) => answers.get(stored) !== answers.get(question));
    expect(similar().length).toBeGreaterThan(100);
    expect(similar().filter(({ by }) => by === 'model').length).toBeGreaterThan(5);
    expect(wrong.length / similar().length, JSON.stringify(wrong)).toBeLessThanOrEqual(0.01);
  });

  test('without maxWrong, the rules alone decide', async () => {
    await start({ mode: 'on' });
    await ask('What is the population of Peru?');
    await ask('What is the current population of Peru?');
    await ask("What's the population of Peru?");
    expect(origins()).toEqual(['provider', 'provider', 'semantic-cache']);
    expect(similar()).toMatchObject([{ by: 'rules' }]);
  });

  test('a share that no evidence can show leaves the rules alone', async () => {
    await start({ mode: 'on', maxWrong: 0.0001 });
    await ask('What is the population of Peru?');
    await ask('What is the current population of Peru?');
    expect(origins()).toEqual(['provider', 'provider']);
  });

  test('bad feedback on an answer of the model counts against it in its partition: the rules alone are left', async () => {
    await start({ mode: 'on', maxWrong: 0.01 });
    await ask('What is the population of Peru?');
    const served = await ask('What is the current population of Peru?');
    expect(await on.meter.feedback(served, 'bad')).toBe(true);
    await ask('What is the population of Chile?');
    await ask('What is the current population of Chile?');
    await ask("What's the population of Chile?");
    expect(origins().slice(-3)).toEqual(['provider', 'provider', 'semantic-cache']);
    expect(similar().map(({ by }) => by)).toEqual(['model', 'rules']);
  });

  test('weights of your own take the place of those that ship', async () => {
    const { calibration } = WEIGHTS;
    await start({
      mode: 'on',
      maxWrong: 0.01,
      weights: { bias: 5, weights: { 'en middle nowadays': 1 }, calibration },
    });
    await ask('Which films are popular?');
    await ask('Which films are currently popular?');
    expect(origins()).toEqual(['provider', 'provider']);
    await ask('Which films are nowadays popular?');
    expect(origins().at(-1)).toBe('semantic-cache');
  });

  test('anything but weights is refused', async () => {
    await start({});
    const semantic = { embedder: alike, weights: { bias: 1, weights: { one: 'two' } } };
    // @ts-expect-error weights must be numbers.
    await expect(setUp({ cache: { mode: 'on', semantic } })).rejects.toThrow(
      /cache\.semantic\.weights must be what npm run train-semantic has written/,
    );
  });
});

describe('in shadow mode', () => {
  test('what the rules accept goes before what the model accepts', async () => {
    await start({ maxWrong: 0.01 });
    await ask('What is the current population of Peru?');
    await ask('What is the population of Peru?');
    await ask("What's the population of Peru?");
    expect(similar().map(({ by, stored }) => [by, stored])).toEqual([
      ['model', 'What is the current population of Peru?'],
      ['rules', 'What is the population of Peru?'],
    ]);
  });

  test('with maxWrong, pairs that are left open are told, so that the model can learn from them', async () => {
    await start({ maxWrong: 0.01 });
    await ask('How do I cancel my flight?');
    await ask('How do I scrap my flight?');
    expect(origins()).toEqual(['provider', 'provider']);
    expect(similar()).toMatchObject([
      {
        by: null,
        isShadow: true,
        stored: 'How do I cancel my flight?',
        question: 'How do I scrap my flight?',
        agreement: 'different-text',
      },
    ]);
  });

  test('without it, they are not', async () => {
    await start({});
    await ask('How do I cancel my flight?');
    await ask('How do I scrap my flight?');
    expect(similar()).toEqual([]);
  });
});
