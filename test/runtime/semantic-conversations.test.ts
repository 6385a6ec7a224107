import { afterEach, describe, expect, test } from 'vitest';
import type { Embedder } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** All questions are equally near: what is served is the judge's decision alone. */
const alike: Embedder = { name: 'alike', embed: async (texts) => texts.map(() => [1, 0.5, 0.25]) };

const start = async (): Promise<void> => {
  on = await setUp({
    cache: { mode: 'on', semantic: { mode: 'on', embedder: alike, conversations: ['support'] } },
  });
};

const origins = (): readonly string[] => on.calls.map(({ origin }) => origin);

const EARLIER = [
  { role: 'user', content: 'I live in Peru.' },
  { role: 'assistant', content: 'I see.' },
] as const;
const ASKED = { role: 'user', content: 'What is inflation?' } as const;
const AGAIN = { role: 'user', content: "What's inflation?" } as const;

const ask = async (messages: readonly object[], feature = 'support'): Promise<void> => {
  await on.meter.run({ feature }, () =>
    on.metered.openai.chat.completions.create({ model: 'small', temperature: 0, messages: messages as never }),
  );
  await on.meter.flush();
};

test('the last question of a conversation is answered where everything before it is the same', async () => {
  await start();
  await ask([...EARLIER, ASKED]);
  await ask([...EARLIER, AGAIN]);
  expect(origins()).toEqual(['provider', 'semantic-cache']);
});

test('in every format', async () => {
  await start();
  const { anthropic, google, openai } = on.metered;
  const settled = async (call: () => Promise<unknown>): Promise<void> => {
    await on.meter.run({ feature: 'support' }, call);
    await on.meter.flush();
  };
  for (const question of [ASKED, AGAIN]) {
    const request = { model: 'small', max_tokens: 50, temperature: 0, messages: [...EARLIER, question] };
    await settled(() => anthropic.messages.create(request));
  }
  for (const question of [ASKED, AGAIN]) {
    await settled(() => openai.responses.create({ model: 'small', temperature: 0, input: [...EARLIER, question] }));
  }
  for (const question of [ASKED, AGAIN]) {
    const contents = [...EARLIER, question].map(({ role, content }) => ({
      role: role === 'user' ? 'user' : 'model',
      parts: [{ text: content }],
    }));
    await settled(() => google.models.generateContent({ model: 'small', contents, config: { temperature: 0 } }));
  }
  expect(origins()).toEqual(['provider', 'semantic-cache', 'provider', 'semantic-cache', 'provider', 'semantic-cache']);
});

describe('is sent', () => {
  test.each<[string, readonly object[]]>([
    ['other words before it, though they mean the same', [{ role: 'user', content: 'I live in peru.' }, EARLIER[1]]],
    ['another answer before it', [EARLIER[0], { role: 'assistant', content: 'Understood.' }]],
    ['nothing before it', []],
    ['fewer turns before it', [EARLIER[0]]],
    ['more turns before it', [...EARLIER, ...EARLIER]],
    ['the turns in another order', [EARLIER[1], EARLIER[0]]],
    ['other roles before it', [EARLIER[0], { role: 'user', content: 'I see.' }]],
    ['instructions before it', [{ role: 'system', content: 'Be brief.' }, ...EARLIER]],
    [
      'a call of a tool before it',
      [
        EARLIER[0],
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'rate', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '3%' },
      ],
    ],
  ])('with %s', async (_, before) => {
    await start();
    await ask([...EARLIER, ASKED]);
    await ask([...before, AGAIN]);
    expect(origins()).toEqual(['provider', 'provider']);
  });

  test.each<[string, readonly object[]]>([
    ['a conversation with instructions at its end', [ASKED, { role: 'system', content: 'Be brief.' }]],
    ['an answer that was begun', [ASKED, { role: 'assistant', content: 'It is' }]],
    [
      'an image in its last turn',
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: AGAIN.content },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
    ],
  ])('%s', async (_, last) => {
    await start();
    await ask([...EARLIER, ASKED]);
    await ask([...EARLIER, ...last]);
    expect(origins()).toEqual(['provider', 'provider']);
  });

  test('a question that differs', async () => {
    await start();
    await ask([...EARLIER, { role: 'user', content: 'Which laws were passed before 2020?' }]);
    await ask([...EARLIER, { role: 'user', content: 'Which laws were passed after 2020?' }]);
    expect(origins()).toEqual(['provider', 'provider']);
  });

  test('a conversation of another feature, of another tenant or of none', async () => {
    await start();
    await ask([...EARLIER, ASKED], 'chat');
    await ask([...EARLIER, AGAIN], 'chat');
    await on.meter.run({ tenant: 'a' }, () => ask([...EARLIER, ASKED]));
    await on.meter.run({ tenant: 'b' }, () => ask([...EARLIER, AGAIN]));
    expect(origins()).toEqual(['provider', 'provider', 'provider', 'provider']);
  });
});
