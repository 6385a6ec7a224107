import { describe, expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';
import { codeFact } from './fact.ts';
import { isRunByModule } from './module-reachability.ts';

const PY = 'from openai import OpenAI\nclient = OpenAI()\n';
const runsWithModule = codeFact('runsWithModule', ({ record }) => isRunByModule(record));

describe('what running the module reaches', () => {
  const isRun = (text: string) => runsWithModule(onlyCall('/app/main.py', PY + text, [runsWithModule]));
  const ASKING = 'def ask(row):\n    client.responses.create(model="gpt-4o", input=row)\n';

  it('its own top level, and what that calls, however far', () => {
    expect(isRun('client.responses.create(model="gpt-4o", input="x")\n')).toBe(true);
    expect(isRun(`${ASKING}ask("x")\n`)).toBe(true);
    expect(isRun(`${ASKING}def main():\n    ask("x")\n\nif __name__ == "__main__":\n    main()\n`)).toBe(true);
  });

  it('nothing that is only defined, or handed over', () => {
    expect(isRun(ASKING)).toBe(false);
    expect(isRun(`${ASKING}tools = [ask]\n`)).toBe(false);
    expect(isRun(`${ASKING}def handler(request):\n    ask(request)\n`)).toBe(false);
  });
});
