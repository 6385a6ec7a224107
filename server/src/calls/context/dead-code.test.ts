import { describe, expect, it } from 'vitest';
import { callsIn } from '../testing.ts';

const count = (path: string, text: string): number => callsIn(path, text).length;
const CALL = 'client.responses.create({ model: "gpt-6-luna", input: "hi" })';
const ts = (code: string) =>
  count('/app/main.ts', `import OpenAI from 'openai'; const client = new OpenAI();\n${code}`);
const py = (code: string) =>
  count(
    '/app/main.py',
    `from openai import OpenAI\nclient = OpenAI()\n${code.replaceAll('CALL', 'client.responses.create(model="gpt-6-luna", input="hi")')}`,
  );

describe('a branch under a condition that the file settles', () => {
  it.each([
    ['false', `if (false) { ${CALL}; }`],
    ['a constant', `const ON = false; function f() { if (ON) { ${CALL}; } }`],
    ['its negation', `const ON = true; if (!ON) { ${CALL}; }`],
    ['the other side of one', `const ON = true; if (ON) { g(); } else { ${CALL}; }`],
    ['a branch around it', `const ON = false; if (ON) { if (x) { ${CALL}; } }`],
  ])('holds no call: %s', (_, code) => expect(ts(code)).toBe(0));

  it.each([
    ['a variable that changes', `let on = false; on = g(); if (on) { ${CALL}; }`],
    ['a parameter', `function f(on = false) { if (on) { ${CALL}; } }`],
    ['the side that runs', `const ON = false; if (ON) { g(); } else { ${CALL}; }`],
    ['an environment', `const ON = process.env.ON; if (ON) { ${CALL}; }`],
  ])('holds one: %s', (_, code) => expect(ts(code)).toBe(1));

  it('in Python', () => {
    expect(py('ON = False\nif ON:\n    CALL\n')).toBe(0);
    expect(py('ON = False\nif other:\n    ON = True\nif ON:\n    CALL\n')).toBe(1);
    expect(py('ON = True\nif ON:\n    CALL\nelif x:\n    CALL\n')).toBe(1);
  });
});

describe('a mock sends nothing', () => {
  it('in an expectation', () => {
    expect(
      count(
        '/app/a.py',
        'def test(mocker):\n    client.assert_has_calls([mocker.call.aio.models.generate_content(model="gemini-3.8-flash", contents="hi")])\n',
      ),
    ).toBe(0);
  });
});
