import { afterEach, expect, test } from 'vitest';
import { withModel } from '../../runtime/src/core/exchange.ts';
import { answerCache } from '../../runtime/src/layers/answer-cache/answer-cache.ts';
import type { KeptAnswer, Lookup } from '../../runtime/src/layers/answer-cache/lookup.ts';
import { route } from '../../runtime/src/layers/route/route.ts';
import type { Strategy } from '../../runtime/src/layers/route/strategy.ts';
import { createBackground } from '../../runtime/src/support/background.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const ask = (content: string): Promise<unknown> =>
  on.metered.openai.chat.completions.create({
    model: 'small',
    messages: [{ role: 'user', content }],
    temperature: 0,
  });

/** Finds answers by what `idOf` makes of a request's text. */
function lookupBy(idOf: (text: string) => string | null, asked: string[]): Lookup {
  const kept = new Map<string, KeptAnswer>();
  return {
    slotOf: ({ payload }) => {
      const id = idOf(payload.text);
      if (id === null) return null;
      return {
        name: 'exact-cache',
        id,
        find: () => {
          asked.push(id);
          const answer = kept.get(id);
          return answer === undefined ? null : { bytes: answer.bytes, meta: answer.meta, age: 0 };
        },
        keep: (answer) => void kept.set(id, answer),
      };
    },
  };
}

test('lookups are tried in order until one finds an answer, and an answer is kept through each of them', async () => {
  const asked: string[] = [];
  const exact = lookupBy((text) => (text.includes('secret') ? null : `exact ${text}`), asked);
  const alike = lookupBy((text) => `alike ${text.toLowerCase()}`, asked);
  const cache = answerCache({
    mode: 'on',
    lookups: [exact, alike],
    onStoreFailure: 'open',
    policyOf: () => ({ lifetime: 60_000, staleFor: 0, sampled: false, toolCalls: false }),
    emit: () => {},
    background: createBackground(),
    reasonAgainst: () => null,
    isAskedAgain: () => false,
    refresh: async () => {},
  });
  on = await setUp({ cache: { mode: 'off' }, layers: [cache] });
  const kindsFor = async (content: string): Promise<readonly string[]> => {
    asked.length = 0;
    await ask(content);
    return asked.map((id) => id.split(' ')[0] ?? '');
  };
  expect(await kindsFor('What?')).toEqual(['exact', 'alike']);
  expect(await kindsFor('What?')).toEqual(['exact']);
  expect(await kindsFor('WHAT?')).toEqual(['exact', 'alike']);
  expect(on.provider.calls).toHaveLength(1);
  expect(await kindsFor('a secret')).toEqual(['alike']);
  expect(await kindsFor('A secret')).toEqual(['alike']);
  expect(on.provider.calls).toHaveLength(2);
});

test('the first strategy that chooses decides, and a request that none chooses for goes as it came', async () => {
  const choosing =
    (word: string, model: string): Strategy =>
    (exchange, next) =>
      exchange.payload.text.includes(word) ? next(withModel(exchange, model)) : null;
  const layer = route([choosing('one', 'first'), choosing('two', 'second')]);
  on = await setUp({ cache: { mode: 'off' }, layers: [layer] });
  for (const content of ['two', 'one two', 'three']) await ask(content);
  const sent = on.provider.calls.map(({ body }) => /"model":"(\w+)"/.exec(String(body))?.[1]);
  expect(sent).toEqual(['second', 'first', 'small']);
});
