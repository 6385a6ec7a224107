import { describe, expect, it } from 'vitest';
import { buildsOnEarlierRounds } from './facts/loop-rounds.ts';
import { steersLoop } from './facts/loop-steering.ts';
import { onlyCall } from './testing.ts';

const PY = 'from openai import OpenAI\nclient = OpenAI()\n';

/** A loop in Python around `client.responses.create(...)`, with its lines. */
function loop(...lines: readonly string[]) {
  return buildsOnEarlierRounds(
    onlyCall(
      '/app/main.py',
      `${PY}def run(rows):\n    state = ""\n    for row in rows:\n${lines.map((line) => `        ${line}\n`).join('')}`,
    ),
  );
}
const ASK = 'answer = client.responses.create(model="gpt-4o", input=prompt)';

describe('rounds of a loop that build on each other', () => {
  it.each([
    ['an answer that the next prompt holds', ['prompt = f"{state} {row}"', ASK, 'state = answer.output_text']],
    ['a summary that grows', ['prompt = state + row', ASK, 'state += answer.output_text']],
    ['a history', ['client.responses.create(model="gpt-4o", input=history)', 'history.append(row)']],
    [
      'a history of the instance',
      ['client.responses.create(model="gpt-4o", input=self.history)', 'self.history.append(row)'],
    ],
    ['an assignment of the answer itself', ['state = client.responses.create(model="gpt-4o", input=f"{state}{row}")']],
  ])('%s', (_, lines) => {
    expect(loop(...lines)).toBe(true);
  });

  it.each([
    ['a prompt made anew', ['prompt = f"Summarise {row}"', ASK, 'results.append(answer)']],
    ['a result kept aside', ['prompt = row["text"]', ASK, 'state = answer.output_text']],
    [
      'messages made anew and grown',
      [
        'messages = [row]',
        'messages.append(row)',
        'client.responses.create(model="gpt-4o", input=messages)',
        'messages.append(1)',
      ],
    ],
    ['the item itself, changed', ['client.responses.create(model="gpt-4o", input=row)', 'row.update(done=True)']],
    ['a counter', ['prompt = row', ASK, 'count += 1']],
  ])('not: %s', (_, lines) => {
    expect(loop(...lines)).toBe(false);
  });
});

describe('the number of items', () => {
  const items = (text: string) => onlyCall('/app/main.py', PY + text).loop.items;

  it('is known where the code lists them', () => {
    expect(items('for name in ["a", "b"]:\n    client.responses.create(model="gpt-4o", input=name)\n')).toBe(2);
    expect(
      items('NAMES = ["a", "b", "c"]\n[client.responses.create(model="gpt-4o", input=name) for name in NAMES]\n'),
    ).toBe(3);
  });

  it('is known where the code takes only the first', () => {
    const first = (slice: string) =>
      items(
        `def f(rows):\n    for row in rows[${slice}]:\n        client.responses.create(model="gpt-4o", input=row)\n`,
      );
    expect(first(':3')).toBe(3);
    expect(first('3:')).toBeNull();
    expect(first('::3')).toBeNull();
    const text =
      "import OpenAI from 'openai'; const c = new OpenAI(); const MOST = 5; export async function f(rows) { for (const row of rows.slice(0, MOST)) await c.responses.create({ model: 'gpt-4o', input: row }) }";
    expect(onlyCall('/app/main.ts', text).loop.items).toBe(5);
  });

  it('is not known otherwise', () => {
    expect(
      items('def f(rows):\n    for row in rows:\n        client.responses.create(model="gpt-4o", input=row)\n'),
    ).toBeNull();
    expect(items('client.responses.create(model="gpt-4o", input="x")\n')).toBeNull();
  });
});

describe('an answer that decides whether the loop goes on', () => {
  const steers = (...lines: readonly string[]) =>
    steersLoop(
      onlyCall(
        '/app/main.py',
        `${PY}def run(rows):\n    for row in rows:\n${lines.map((line) => `        ${line}\n`).join('')}`,
      ),
    );
  const ASK_ROW = 'answer = client.responses.create(model="gpt-4o", input=f"Is it {row}?")';

  it.each([
    ['the first match is returned', [ASK_ROW, 'text = answer.output_text', 'if text == "yes":', '    return row']],
    ['the loop is left', [ASK_ROW, 'if "no" in answer.output_text:', '    log(row)', '    break']],
    [
      'the call stands in the test',
      ['if client.responses.create(model="gpt-4o", input=row).output_text:', '    break'],
    ],
  ])('%s', (_, lines) => expect(steers(...lines)).toBe(true));

  it.each([
    ['matches are collected', [ASK_ROW, 'if answer.output_text == "yes":', '    found.append(row)']],
    ['the item decides', [ASK_ROW, 'if row == "end":', '    break']],
    ['an empty answer throws an error', [ASK_ROW, 'if not answer.output_text:', '    raise ValueError(row)']],
    ['an inner loop is left', [ASK_ROW, 'for word in answer.output_text:', '    if word == answer:', '        break']],
  ])('not where %s', (_, lines) => expect(steers(...lines)).toBe(false));
});
