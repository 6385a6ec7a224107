/**
 * A support bot under load: half of its calls repeat a question in the same words, 40% ask it in other words, and 10% ask
 * what only looks like it. Counts what the caches serve, and how often that is the answer to another question.
 */
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { createMeter, formatDollars, lexicalEmbedder, type SemanticOptions } from '../runtime/src/index.ts';

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

interface Load {
  readonly questions: readonly string[];
  readonly paraphrases: readonly string[];
  readonly traps: readonly string[];
  /** The name of the right answer to each question. */
  readonly answers: ReadonlyMap<string, string>;
}

/**
 * The same question in several pairs, in other words: read by hand, because the pairs do not say it. Without these, their
 * answers would count as wrong.
 */
const SAME: readonly (readonly [string, string])[] = [
  ['Please explain photosynthesis', 'Can you explain photosynthesis?'],
  ['How do I apply for a job? Thanks!', 'Hi, how do I apply for a job?'],
  ['How do you boil an egg?', 'How do I boil an egg?'],
  ['How do you boil an egg?', 'How to boil an egg?'],
  ['How do you boil an egg?', 'Tell me how to boil an egg'],
  ['What are the drawbacks of leasing?', 'What are the cons of leasing?'],
  ['What are the advantages of leasing?', 'What are the pros of leasing?'],
  ['How can I contact customer support?', 'How do I contact support?'],
  ["How do I change the app's language?", 'How do I change the language of the app?'],
  ['How long does delivery take?', 'How long does shipping take?'],
  ['Which planet is the largest?', 'Which is the largest planet?'],
  ['Who is the author of Emma?', 'Who wrote Emma?'],
  ['¿Cómo cancelar el vuelo?', '¿Cómo cancelo mi vuelo?'],
];

const CALLS = 5000;
const PARAPHRASES = 0.4;
const TRAPS = 0.1;

export async function benchLoad(files: readonly (string | URL)[]): Promise<void> {
  const load = loadFrom(files.flatMap(pairsIn));
  const random = numbersFrom(1);
  const pick = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] ?? '';
  const asked = Array.from({ length: CALLS }, () => {
    const share = random();
    if (share < TRAPS) return pick(load.traps);
    return share < TRAPS + PARAPHRASES ? pick(load.paraphrases) : pick(load.questions);
  });
  console.log(
    `\n${CALLS} calls about ${load.questions.length} questions, with ${load.paraphrases.length} paraphrases and ${load.traps.length} traps:\n`,
  );
  console.log('| | provider | exact hits | semantic hits | wrong | spent | saved |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, semantic] of Object.entries(RUNS)) await run(load, asked, name, semantic);
}

/** By name, with the options of the semantic cache; null is without it. */
const RUNS: Readonly<Record<string, SemanticOptions | null>> = {
  'exact cache': null,
  'exact and semantic': { mode: 'on', embedder: lexicalEmbedder() },
  'the same, with maxWrong: 0.01': { mode: 'on', embedder: lexicalEmbedder(), maxWrong: 0.01 },
};

async function run(
  { answers }: Load,
  asked: readonly string[],
  name: string,
  semantic: SemanticOptions | null,
): Promise<void> {
  const meter = createMeter({ cache: { mode: 'on', lifetime: 3_600_000, ...(semantic !== null && { semantic }) } });
  const openai = meter.wrap(new OpenAI({ apiKey: 'key', fetch: providerWith(answers) }));
  const counts = { provider: 0, 'exact-cache': 0, 'semantic-cache': 0 };
  let wrong = 0;
  for (const content of asked) {
    await meter.run({}, async () => {
      const messages = [{ role: 'user' as const, content }];
      const answer = await openai.chat.completions.create({ model: 'gpt-6-luna', temperature: 0, messages });
      if (answer.choices[0]?.message.content !== answers.get(content)) wrong++;
      await meter.flush();
      const origin = meter.lastCall()?.origin ?? 'provider';
      if (origin in counts) counts[origin as keyof typeof counts]++;
    });
  }
  const [all] = await meter.report('endpoint');
  const cells = [counts.provider, counts['exact-cache'], counts['semantic-cache'], wrong];
  const money = [all?.cost ?? 0, all?.saved ?? 0].map((amount) => formatDollars(amount));
  console.log(`| ${name} | ${[...cells, ...money].join(' | ')} |`);
  await meter.close();
}

/** A provider that knows the right answer to everything. */
function providerWith(answers: ReadonlyMap<string, string>): typeof globalThis.fetch {
  return async (_, init) => {
    const { messages } = JSON.parse(String(init?.body));
    const message = { role: 'assistant', content: answers.get(messages[0].content), refusal: null };
    return Response.json({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'gpt-6-luna',
      choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
      usage: { prompt_tokens: 300, completion_tokens: 150, total_tokens: 450 },
    });
  };
}

function loadFrom(pairs: readonly Pair[]): Load {
  const answers = new Map<string, string>();
  const rightFor = (text: string): string => answers.get(text) ?? `answer to: ${text}`;
  for (const { a, b, same } of pairs) {
    answers.set(a, rightFor(a));
    answers.set(b, same ? rightFor(a) : rightFor(b));
  }
  for (const [one, other] of SAME) {
    const [right, joined] = [rightFor(one), rightFor(other)];
    for (const [text, answer] of answers) if (answer === joined) answers.set(text, right);
  }
  const textsOf = (kind: (pair: Pair) => boolean, side: 'a' | 'b'): readonly string[] => [
    ...new Set(pairs.filter(kind).map((pair) => pair[side])),
  ];
  return {
    questions: textsOf(() => true, 'a'),
    paraphrases: textsOf(({ same }) => same, 'b'),
    traps: textsOf(({ same }) => !same, 'b'),
    answers,
  };
}

function pairsIn(file: string | URL): readonly Pair[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
}

/** Between 0 and 1, the same in each run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
