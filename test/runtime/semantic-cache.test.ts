import { afterEach, describe, expect, test } from 'vitest';
import type { MeterEvent } from '../../runtime/src/core/events.ts';
import type { Embedder, MeterOptions } from '../../runtime/src/index.ts';
import type { SemanticOptions } from '../../runtime/src/layers/answer-cache/semantic/options.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** All questions are equally near: what is served is the judge's decision alone. */
const alike: Embedder = { name: 'alike', embed: async (texts) => texts.map(() => [1, 0.5, 0.25]) };

const start = async (semantic: Partial<SemanticOptions>, options: MeterOptions = {}): Promise<void> => {
  on = await setUp({ cache: { mode: 'on', semantic: { embedder: alike, ...semantic } }, ...options });
};

const ask = async (content: string, more: object = {}): Promise<string | null | undefined> => {
  const answer = await on.metered.openai.chat.completions.create({
    model: 'small',
    messages: [{ role: 'user', content }],
    temperature: 0,
    ...more,
  });
  await on.meter.flush();
  return answer.choices[0]?.message.content;
};

const origins = (): readonly string[] => on.calls.map(({ origin }) => origin);
const similar = (): readonly MeterEvent[] => on.events.filter(({ type }) => type === 'similar');
const decisions = (): readonly unknown[] =>
  on.calls.at(-1)?.decisions.filter(({ layer }) => layer === 'semantic-cache') ?? [];

describe('switched on', () => {
  test('a question that means the same is answered without the provider, and saves what the answer cost', async () => {
    await start({ mode: 'on' });
    const first = await ask('How do I cancel my subscription?');
    expect(await ask('How can I cancel my subscription?')).toBe(first);
    expect(on.provider.calls).toHaveLength(1);
    expect(origins()).toEqual(['provider', 'semantic-cache']);
    expect(on.calls[1]).toMatchObject({ cost: { amount: 0 }, saved: on.calls[0]?.cost?.amount });
    expect(similar()).toMatchObject([
      {
        question: 'How can I cancel my subscription?',
        stored: 'How do I cancel my subscription?',
        isShadow: false,
        agreement: null,
      },
    ]);
    const [group] = await on.meter.report('endpoint');
    expect(group).toMatchObject({ calls: 2, hits: 1 });
  });

  test('a question that only looks alike is sent, and the decision says why', async () => {
    await start({ mode: 'on' });
    await ask('Which laws were passed before 2020?');
    await ask('Which laws were passed after 2020?');
    expect(origins()).toEqual(['provider', 'provider']);
    expect(decisions()).toMatchObject([
      { outcome: 'near-miss', reason: 'the nearest question is not the same: their scope differs' },
    ]);
  });

  test('the same request is answered by the exact cache, and is not embedded', async () => {
    const embedded: string[] = [];
    await start({
      mode: 'on',
      embedder: { name: 'counting', embed: async (texts) => texts.map((text) => [embedded.push(text), 1]) },
    });
    await ask('What is inflation?');
    await ask('What is inflation?');
    expect(origins()).toEqual(['provider', 'exact-cache']);
    expect(embedded).toEqual(['What is inflation?']);
  });

  test('streams are answered from whole answers, in every SDK', async () => {
    await start({ mode: 'on' });
    const first = await ask('What is inflation?');
    const stream = on.metered.openai.chat.completions.stream({
      model: 'small',
      messages: [{ role: 'user', content: "What's inflation?" }],
      temperature: 0,
    });
    expect(await stream.finalContent()).toBe(first);
    const { anthropic, google, openai } = on.metered;
    const write = async (content: string) => {
      const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: content }] }];
      const request = { model: 'small', max_tokens: 50, temperature: 0, messages };
      return (await anthropic.messages.create(request)).content;
    };
    const written = await flushed(write('What is the capital of Peru?'));
    expect(await flushed(write("What's the capital of Peru?"))).toEqual(written);
    const generate = async (contents: string) =>
      (await google.models.generateContent({ model: 'small', contents, config: { temperature: 0 } })).text;
    const generated = await flushed(generate('Where is my order?'));
    expect(await flushed(generate("Where's my order?"))).toBe(generated);
    const respond = async (input: string) =>
      (await openai.responses.create({ model: 'small', input, temperature: 0 })).output_text;
    const responded = await flushed(respond('Why is the sky blue?'));
    expect(await flushed(respond('why is the sky blue?'))).toBe(responded);
    await on.meter.flush();
    expect(origins().filter((origin) => origin === 'semantic-cache')).toHaveLength(4);
  });

  test.each<[string, object, object]>([
    ['model', {}, { model: 'large' }],
    ['output limit', {}, { max_completion_tokens: 50 }],
    ['response format', {}, { response_format: { type: 'json_object' } }],
    [
      'instructions',
      {},
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: "What's inflation?" },
        ],
      },
    ],
    [
      'conversation',
      {},
      {
        messages: [
          { role: 'user', content: 'What is Peru?' },
          { role: 'assistant', content: 'A country.' },
          { role: 'user', content: "What's inflation?" },
        ],
      },
    ],
    [
      'image',
      {},
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: "What's inflation?" },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
        ],
      },
    ],
  ])('a request with another %s is not answered', async (_, one, other) => {
    await start({ mode: 'on' });
    await ask('What is inflation?', one);
    await ask("What's inflation?", other);
    expect(origins()).toEqual(['provider', 'provider']);
  });

  test('tenants never share an answer, and only the questions of chosen features are looked up', async () => {
    await start({ mode: 'on', features: ['faq'] });
    const asking = (feature: string, tenant: string, content: string) =>
      on.meter.run({ feature, tenant }, () => ask(content));
    await asking('faq', 'a', 'What is inflation?');
    await asking('faq', 'b', "What's inflation?");
    await asking('chat', 'a', "What's inflation?");
    expect(origins()).toEqual(['provider', 'provider', 'provider']);
    await on.meter.purge('b');
    await asking('faq', 'a', 'what is inflation?');
    expect(origins().at(-1)).toBe('semantic-cache');
    await on.meter.purge('a');
    await asking('faq', 'a', 'What is the inflation?');
    expect(origins().at(-1)).toBe('provider');
  });

  test('a question in another language is only looked up exactly', async () => {
    await start({ mode: 'on' });
    await ask('Wie kündige ich mein Abo?');
    await ask('Wie kann ich mein Abo kündigen?');
    expect(origins()).toEqual(['provider', 'provider']);
    expect(decisions()).toMatchObject([{ reason: 'only looked up exactly: its language is not supported' }]);
  });

  test('an embedder is only asked for the languages that it understands', async () => {
    await start({ mode: 'on', embedder: { ...alike, languages: ['en'] } });
    await ask('¿Cómo cancelo mi suscripción?');
    await ask('¿Cómo puedo cancelar mi suscripción?');
    expect(origins()).toEqual(['provider', 'provider']);
  });
});

test.each<[string, () => void | Promise<void>]>([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('no'))],
])('the embedder is closed with the meter, even if its `close` %s', async (_, end) => {
  let closed = 0;
  const close = (): void | Promise<void> => {
    closed++;
    return end();
  };
  await start({ embedder: { ...alike, close } });
  await on.meter.close();
  expect(closed).toBe(1);
});

describe('in shadow', () => {
  test('nothing is served, and what would have been served is compared with the real answer', async () => {
    await start({});
    on.provider.script([{ text: 'Open the settings.' }, { text: ' Open  the settings.\n' }, { text: 'Call us.' }]);
    await ask('How do I cancel my subscription?');
    await ask('How can I cancel my subscription?');
    await ask('Please, how do I cancel my subscription?');
    expect(origins()).toEqual(['provider', 'provider', 'provider']);
    expect(on.calls[1]?.saved).toBeNull();
    expect(similar()).toMatchObject([
      { isShadow: true, agreement: 'same-text' },
      { isShadow: true, agreement: 'different-text' },
    ]);
    expect(decisions()).toMatchObject([
      { outcome: 'hit', isShadow: true },
      {
        outcome: 'compared',
        isShadow: true,
        similarity: expect.closeTo(1),
        agreement: 'different-text',
        saving: expect.any(Number),
      },
    ]);

    const written = JSON.stringify(on.calls);
    expect(written).toContain('stored question');
    expect(written).not.toContain('subscription');
  });

  test('equal JSON in different texts agrees', async () => {
    await start({});
    on.provider.script([{ text: '{"a": 1, "b": [2]}' }, { text: '{"a":1,"b":[2]}' }]);
    await ask('What is inflation?');
    await ask("What's inflation?");
    expect(similar()).toMatchObject([{ agreement: 'same-json' }]);
  });
});

describe('faults', () => {
  const failing: Record<string, Embedder['embed']> = {
    'an embedder that throws': () => {
      throw new Error('down');
    },
    'an embedder that rejects': async () => Promise.reject(new Error('down')),
    'an embedder that returns nothing': async () => undefined as unknown as number[][],
    'an embedder that returns too few vectors': async () => [],
    'an embedder that returns texts': async (texts) => texts as unknown as number[][],
    'an embedder that returns zeros': async (texts) => texts.map(() => [0, 0]),
    'an embedder that returns numbers that are none': async (texts) => texts.map(() => [Number.NaN, 1]),
  };

  test.each(Object.entries(failing))('with %s the request goes through, and one event says so', async (_, embed) => {
    await start({ mode: 'on', embedder: { name: 'failing', embed } });
    expect(await ask('What is inflation?')).toEqual(expect.any(String));
    expect(origins()).toEqual(['provider']);
    expect(on.events).toMatchObject([{ type: 'layer-failed', layer: 'semantic-cache', effect: 'open' }]);
  });

  test('an embedder that never answers is left behind at its time limit', async () => {
    let signal: AbortSignal | null = null;
    const embed: Embedder['embed'] = (_, given) => {
      signal = given;
      return new Promise(() => {});
    };
    await start({ mode: 'on', timeLimit: 1, embedder: { name: 'slow', embed } });
    await ask('What is inflation?');
    expect(origins()).toEqual(['provider']);
    expect(signal).toMatchObject({ aborted: true });
    expect(on.events).toMatchObject([{ error: { message: 'slow did not answer within 1 ms.' } }]);
  });

  test('a vector of another length is refused, and the next one of the first length is used', async () => {
    const vectors = [
      [1, 2, 3],
      [1, 2],
      [1, 2, 3],
    ];
    await start({ mode: 'on', embedder: { name: 'changing', embed: async () => [vectors.shift() ?? []] } });
    await ask('What is inflation?');
    await ask("What's inflation?");
    await ask('what is inflation?');
    expect(origins()).toEqual(['provider', 'provider', 'semantic-cache']);
    expect(on.events[0]).toMatchObject({ error: { message: expect.stringContaining('2 numbers after one of 3') } });
  });

  test.each(['', ' ', '\u0000', '\u202Eabc', 'x'.repeat(100_000), '{"', '\uD800'])(
    'the text %j goes through',
    async (text) => {
      await start({ mode: 'on' });
      await ask(text);
      await ask(`${text} `);
      expect(origins().filter((origin) => origin === 'semantic-cache')).toEqual([]);
      expect(on.events).toEqual([]);
    },
  );

  test('an answer that was evicted is not served, and its question is forgotten', async () => {
    await start({ mode: 'on' });
    await ask('What is inflation?');
    await on.meter.purge();
    await ask("What's inflation?");
    expect(origins()).toEqual(['provider', 'provider']);
  });
});

test.each<[object, RegExp]>([
  [{ mode: 'shadow', semantic: { embedder: alike } }, /cache\.semantic needs mode: "on"/],
  [{ mode: 'on', semantic: {} }, /cache\.semantic\.embedder is missing/],
  [{ mode: 'on', semantic: { embedder: { name: 'x' } } }, /an embedder with a name and embed\(texts\)/],
  [{ mode: 'on', semantic: { embedder: alike, threshold: 1 } }, /"threshold" is not an option of cache\.semantic/],
  [{ mode: 'on', semantic: { embedder: alike, maxWrong: 2 } }, /cache\.semantic\.maxWrong must be a number/],
])('options that cannot be are refused: %j', async (cache, message) => {
  await start({});
  await expect(setUp({ cache })).rejects.toThrow(message);
});

async function flushed<Value>(work: Promise<Value>): Promise<Value> {
  const value = await work;
  await on.meter.flush();
  return value;
}
