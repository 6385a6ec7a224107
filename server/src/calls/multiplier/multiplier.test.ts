import { describe, expect, it } from 'vitest';
import { callsIn } from '../testing.ts';

const counted = (path: string, text: string) =>
  callsIn(path, text).map(({ multiplier }) => {
    if (multiplier === null) return 'once';
    const { low, expected, high, basis } = multiplier.count;
    return `${multiplier.formula} = ${low}/${expected}/${high} ${basis}`;
  });
const py = (body: string) =>
  counted(
    '/app/a.py',
    `from openai import OpenAI\nclient = OpenAI()\ndef ask(text):\n    return client.responses.create(model="gpt-4o", input=text)\n${body}`,
  );
const ASK = 'client.responses.create(model="gpt-4o", input="hi")';
const own = (body: string) => counted('/app/a.py', `from openai import OpenAI\nclient = OpenAI()\n${body}`);
const ts = (body: string) =>
  counted('/app/a.ts', `import OpenAI from 'openai';\nconst client = new OpenAI();\n${body}`);
const ASK_TS = `client.responses.create({ model: 'gpt-4o', input: 'hi' })`;

describe('loops multiply a request', () => {
  it.each([
    ['nothing', ASK, 'once'],
    ['items of an unknown list', `for email in emails:\n    ${ASK}`, 'items of `emails` = 1/1/1 unknown'],
    ['items that are written out', `for name in ["a", "b"]:\n    ${ASK}`, '2 items of `["a", "b"]` = 2/2/2 literal'],
    ['a slice', `for row in rows[:10]:\n    ${ASK}`, 'up to 10 items of `rows[:10]` = 1/10/10 assumed'],
    ['what only numbers them', `for i, x in enumerate(xs):\n    ${ASK}`, 'items of `xs` = 1/1/1 unknown'],
    ['a counter', `for i in range(5):\n    ${ASK}`, '5 rounds = 5/5/5 literal'],
    [
      'a counter that may be left',
      `for i in range(5):\n    ${ASK}\n    if done(): break`,
      'up to 5 rounds = 1/5/5 assumed',
    ],
    ['no bound', `while True:\n    ${ASK}`, 'rounds of the `while` loop = 1/1/1 unknown'],
    [
      'a loop in a loop',
      `for a in xs:\n    for b in range(2):\n        ${ASK}`,
      '2 rounds x items of `xs` = 2/2/2 unknown',
    ],
    ['a comprehension', `[${ASK} for x in xs for y in x]`, 'items of `x` x items of `xs` = 1/1/1 unknown'],
    [
      'a condition',
      `for x in ["a", "b"]:\n    if x.new:\n        ${ASK}`,
      '2 items of `["a", "b"]` where `x.new` = 0/2/2 assumed',
    ],
    [
      'another case',
      `for x in ["a"]:\n    if x.new:\n        pass\n    else:\n        ${ASK}`,
      '1 item of `["a"]` in some rounds = 0/1/1 assumed',
    ],
  ])('%s', (_, body, expected) => expect(own(body)).toEqual([expected]));

  it('in TypeScript, by callbacks and over several requests at once', () => {
    expect(ts(`await Promise.all(emails.map(async (email) => ${ASK_TS}));`)).toEqual([
      'items of `emails` = 1/1/1 unknown',
    ]);
    expect(ts(`for (let i = 0; i < items.length; i++) await ${ASK_TS};`)).toEqual(['items of `items` = 1/1/1 unknown']);
    expect(ts(`for (let i = 0; i < 4; i++) await ${ASK_TS};`)).toEqual(['4 rounds = 4/4/4 literal']);
  });

  it('around a caller', () => {
    expect(py('def run(emails):\n    for email in emails:\n        ask(email)')).toEqual([
      'items of `emails` in `run` = 1/1/1 unknown',
    ]);
    expect(py('import asyncio\nasync def run(texts):\n    await asyncio.gather(*map(ask, texts))')).toEqual([
      'items of `texts` in `run` = 1/1/1 unknown',
    ]);
  });
});

describe('attempts', () => {
  it.each([
    [
      'a loop',
      `for attempt in range(3):\n    try:\n        ${ASK}\n        break\n    except Exception:\n        pass`,
      3,
    ],
    [
      'a decorator',
      `from tenacity import retry, stop_after_attempt\n@retry(stop=stop_after_attempt(4))\ndef f():\n    return ${ASK}`,
      4,
    ],
    [
      'its settings',
      `import backoff\n@backoff.on_exception(backoff.expo, Exception, max_tries=6)\ndef f():\n    return ${ASK}`,
      6,
    ],
  ])('of %s', (_, body, high) => {
    expect(own(body)).toEqual([`${high} attempts = 1/1/${high} assumed`]);
  });

  it('of a helper, with the items around it', () => {
    const body = `import pRetry from 'p-retry';\nfor (const x of ['a', 'b']) await pRetry(() => ${ASK_TS}, { retries: 4 });`;
    expect(ts(body)).toEqual(["5 attempts x 2 items of `['a', 'b']` = 2/2/10 assumed"]);
  });

  it('whose number is not known', () => {
    expect(own(`@retry\ndef f():\n    return ${ASK}`)).toEqual(['attempts = 1/1/1 unknown']);
    const forSeconds = '@backoff.on_exception(backoff.expo, Exception, max_time=1000)';
    expect(own(`import backoff\n${forSeconds}\ndef f():\n    return ${ASK}`)).toEqual(['attempts = 1/1/1 unknown']);
  });

  it('are not those of a function that is only named alike', () => {
    expect(ts(`retryLater(job, ${ASK_TS});`)).toEqual(['once']);
  });
});

describe('steps of an agent', () => {
  const ai = (body: string) =>
    callsIn('/app/a.ts', `import { generateText, stepCountIs, ToolLoopAgent } from 'ai';\n${body}`);
  const steps = (body: string) =>
    ai(body).map(({ multiplier }) => multiplier && [multiplier.formula, multiplier.count.high]);
  const OPTIONS = `model: 'openai/gpt-4o', prompt: 'hi'`;

  it('as far as the code allows them', () => {
    expect(steps(`generateText({ ${OPTIONS}, tools, stopWhen: stepCountIs(20) })`)).toEqual([['up to 20 steps', 20]]);
    expect(steps(`generateText({ ${OPTIONS}, tools, stopWhen: [hasToolCall('done'), stepCountIs(8)] })`)).toEqual([
      ['up to 8 steps', 8],
    ]);
    expect(steps(`generateText({ ${OPTIONS}, tools, maxSteps: 5 })`)).toEqual([['up to 5 steps', 5]]);
  });

  it('are one without tools, and without a limit', () => {
    expect(steps(`generateText({ ${OPTIONS}, stopWhen: stepCountIs(20) })`)).toEqual([null]);
    expect(steps(`generateText({ ${OPTIONS}, tools })`)).toEqual([null]);
  });

  it('have a price each', () => {
    const [call] = ai(`new ToolLoopAgent({ model: 'openai/gpt-4o', tools }).generate({ prompt: 'hi' })`);
    expect(call?.multiplier?.formula).toBe('up to 20 steps');
    expect(call?.cost.perCall).toBeNull();
    const { perStep, perRun } = call?.cost ?? {};
    expect(perRun).toMatchObject({ low: perStep?.low, high: (perStep?.high ?? 0) * 20 });
  });

  it('are bounded by a limit on a graph, of which every second step asks the model', () => {
    const program = `from langchain.agents import create_agent
agent = create_agent(model="openai:gpt-4o", tools=[search])
agent.invoke({"messages": []}, config={"recursion_limit": 50})
agent.with_config(recursion_limit=10).invoke({"messages": []})
agent.invoke({"messages": []})
`;
    expect(counted('/app/a.py', program)).toEqual([
      'up to 25 steps = 1/2/25 assumed',
      'up to 5 steps = 1/2/5 assumed',
      'steps of the agent = 1/1/1 unknown',
    ]);
  });

  it.each([
    ['from agents import Agent, Runner\nRunner.run_sync(Agent(model="gpt-4o", tools=[t]), "hi", max_turns=7)', 7],
    ['from agents import Agent, Runner\nRunner.run_sync(Agent(model="gpt-4o", tools=[t]), "hi")', 10],
    [
      'from pydantic_ai import Agent\nfrom pydantic_ai.usage import UsageLimits\nAgent("openai:gpt-4o").run_sync("hi", usage_limits=UsageLimits(request_limit=3))',
      3,
    ],
    [
      'from smolagents import CodeAgent, LiteLLMModel\nCodeAgent(tools=[t], model=LiteLLMModel("openai/gpt-4o"), max_steps=6).run("hi")',
      6,
    ],
  ])('%s', (program, high) => {
    expect(callsIn('/app/a.py', program).map(({ multiplier }) => multiplier?.count.high)).toEqual([high]);
  });
});

it('what is only known to be more is a lower bound of a run', () => {
  const program = `from openai import OpenAI\nfor x in xs:\n    OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hello there."}])`;
  const [call] = callsIn('/app/a.py', program);
  expect(call?.cost.perRun).toMatchObject({ low: call?.cost.perCall?.low, basis: 'unknown' });
});

it('models that are tried in turn are attempts, through a helper as well', () => {
  const body = `export async function f(models: string[]) {
    for (const model of models) {
      try { return await timed(() => client.responses.create({ model, input: 'hi' })); } catch {}
    }
  }`;
  expect(ts(body)).toEqual(['attempts, one for each of `models` = 1/1/1 unknown']);
});

describe('the limit of an endless loop is where its counter ends it', () => {
  it('in Python, counted down and up', () => {
    const tried = (before: string, check: string, step: string) =>
      own(`def f(limit=3):
    ${before}
    while True:
        ${check}
        ${step}
        try:
            answer = ${ASK}
        except APIError as error:
            log(error)
            continue
        if answer:
            break
        else:
            return None`);
    expect(tried('left = limit', 'if left == 0:\n            raise TooMany()', 'left -= 1')).toEqual([
      '3 attempts = 1/1/3 assumed',
    ]);
    expect(tried('tries = 0', 'if tries >= 5:\n            log()\n            raise TooMany()', 'tries += 1')).toEqual([
      '5 attempts = 1/1/5 assumed',
    ]);
    expect(tried('tries = 0', 'if tries >= 5:\n            log()', 'tries += 1')).toEqual(['attempts = 1/1/1 unknown']);
    expect(tried('tries = 0', 'if other >= 5:\n            raise TooMany()', 'tries += 1')).toEqual([
      'attempts = 1/1/1 unknown',
    ]);
  });

  it('in TypeScript, in the handler', () => {
    expect(
      ts(`export async function f() {
  let attempt = 0;
  while (true) {
    try {
      return await ${ASK_TS};
    } catch (error) {
      if (++attempt >= 4) throw error;
    }
  }
}`),
    ).toEqual(['4 attempts = 1/1/4 assumed']);
  });
});

it('models that a counter takes in turn are no attempts of one request', () => {
  expect(
    ts(`export async function f(models: string[]) {
  for (let index = 0; index < models.length; index++) {
    try {
      return await client.responses.create({ model: models[index], input: 'hi' });
    } catch {
      continue;
    }
  }
}`),
  ).toEqual(['attempts, one for each of `models` = 1/1/1 unknown']);
});
