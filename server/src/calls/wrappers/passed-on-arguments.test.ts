/** Functions that hand on all that they are given, without naming it. */
import { describe, expect, test } from 'vitest';
import { systemsIn } from './testing.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const MESSAGES = `[{"role": "system", "content": "${RULES}"}, {"role": "user", "content": letter}]`;

const client = (methods: string) => `from litellm import completion
class Client:
    def send(self, messages, tries=3):
        return completion(model="gpt-6-luna", messages=messages)
${methods.replace(/^(?=.)/gm, '    ')}`;

const tree = (methods: string, call: string) => ({
  'client.py': client(methods),
  'app.py': `from client import Client\ndef sort(letter):\n    return Client().${call}\n`,
});

describe('a function that hands on all that it is given', () => {
  test.each([
    ['by name', 'def retry(self, **kwargs):\n    return self.send(**kwargs)\n', `retry(messages=${MESSAGES})`],
    ['by position', 'def retry(self, *args):\n    return self.send(*args)\n', `retry(${MESSAGES})`],
    [
      'more than once',
      'def retry(self, times=3, **kwargs):\n    for _ in range(times):\n        try:\n            return self.again(**kwargs)\n        except Exception:\n            kwargs["tries"] = 1\ndef again(self, *args, **kwargs):\n    return self.send(*args, **kwargs)\n',
      `retry(messages=${MESSAGES})`,
    ],
  ])('is a wrapper: %s', (_, methods, call) => {
    expect(systemsIn(tree(methods, call))).toEqual(['app.py:3 static']);
  });

  test('decides nothing itself', () => {
    const methods = 'def retry(self, **kwargs):\n    return self.send(**kwargs)\n';
    expect(systemsIn({ 'client.py': client(methods) })).toEqual([]);
  });
});
