import { expect, test } from 'vitest';
import { onlyCall } from '../testing.ts';
import { agentSteps } from './agent-steps.ts';

/** What stops a loop that asks the model again until it is done, with a line in each round before the request. */
function stopOf(line: string): string | null {
  const text = `from openai import OpenAI
client = OpenAI()
def run(messages, budget):
    while True:
        ${line}
        reply = client.chat.completions.create(model="gpt-5.4", messages=messages)
        messages.append(reply)
        if reply.choices[0].finish_reason == "stop":
            break
`;
  return agentSteps(onlyCall('/a.py', text, [agentSteps]))?.stop ?? null;
}

test.each([
  ['pass', 'loop'],
  ['if reply_is_long(messages): log()', 'loop'],
  ['if budget.is_exhausted(): break', null],
  ['spent, reason = budget.check()\n        if spent: break', null],
  ['if len(messages) > MAX_MESSAGES: break', null],
  ['if messages[-1] == input(): break', null],
])('%s: %s', (line, expected) => expect(stopOf(line)).toBe(expected));
