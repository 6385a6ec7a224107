import { describe, expect, it } from 'vitest';
import { Evaluator } from '../evaluator.ts';
import { printValue } from '../print-value.ts';
import { memoryHost } from '../test-host.ts';

/** What `probe(x)` of the file is given. */
function probe(path: string, source: string): string {
  const evaluator = new Evaluator(memoryHost({ [path]: source }));
  const record = evaluator
    .module(path)
    ?.calls.findLast(({ node }) => node.callee.kind === 'name' && node.callee.name === 'probe');
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the source');
  return printValue(evaluator.evaluate(argument.value, evaluator.frameOf(record.scope)));
}
const py = (source: string) => probe('/app/main.py', source);
const ts = (source: string) => probe('/app/main.ts', source);

const TALK = `class Talk:
    def __init__(self, rules=None):
        self.messages = []
        if rules is not None:
            self.system(rules)
    def add(self, role, content):
        self.messages.append({"role": role, "content": content})
        return self
    def system(self, content):
        return self.add("system", content)
    def user(self, content):
        return self.add("user", content)
    def fork(self):
        child = Talk()
        child.messages = list(self.messages)
        return child
`;
const RULES = '{role: "system", content: "rules"}';
const ASK = '{role: "user", content: "ask"}';

describe('the fields of an object', () => {
  it('have what its constructor puts in by a method', () => {
    expect(py(`${TALK}probe(Talk("rules").messages)`)).toBe(`[${RULES}]`);
    expect(py(`${TALK}probe(Talk().messages)`)).toBe('[]');
  });

  it('have what calls in a chain put in', () =>
    expect(py(`${TALK}probe(Talk().system("rules").user("ask").messages)`)).toBe(`[${RULES}, ${ASK}]`));

  it('have what calls as statements of their own put in, and only those before', () =>
    expect(py(`${TALK}talk = Talk("rules")\ntalk.user("ask")\nprobe(talk.messages)\ntalk.user("more")`)).toBe(
      `[${RULES}, ${ASK}]`,
    ));

  it('may have what a call on some paths puts in', () =>
    expect(py(`${TALK}talk = Talk("rules")\nif flag:\n    talk.user("ask")\nprobe(talk.messages)`)).toBe(
      `[${RULES}, ...${ASK}]`,
    ));

  it('are copied with the object', () =>
    expect(py(`${TALK}talk = Talk("rules")\nother = talk.fork()\nother.user("ask")\nprobe(other.messages)`)).toBe(
      `[${RULES}, ${ASK}]`,
    ));

  it('are what they are set to from outside', () =>
    expect(py(`${TALK}talk = Talk("rules")\ntalk.messages = ["mine"]\nprobe(talk.messages)`)).toBe('["mine"]'));

  it('are followed through the object that holds the object', () => {
    const desk = 'class Desk:\n    def __init__(self):\n        self.talk = Talk("rules")\n    def ask(self):\n';
    expect(py(`${TALK}${desk}        self.talk.user("ask")\n        probe(self.talk.messages)`)).toBe(
      `[${RULES}, ${ASK}]`,
    );
  });

  it('have what a base class puts in', () => {
    const desk =
      'class Desk(Talk):\n    def __init__(self):\n        super().__init__()\n        self.system("rules")\n';
    expect(py(`${TALK}${desk}probe(Desk().user("ask").messages)`)).toBe(`[${RULES}, ${ASK}]`);
  });

  it('are what a base class gives them, or what a method puts in their place later', () => {
    const desk = 'class Desk(Talk):\n    def move(self):\n        self.messages = ["moved"]\n';
    expect(py(`${TALK}${desk}probe(Desk("rules").messages)`)).toBe(`[${RULES}] | ["moved"]`);
  });

  it('are not known to be empty where any method may have filled them', () => {
    const desk = `class Desk {
  history = [];
  note(text: string) { this.history.push(text); }
  ask() { probe(this.history); }
}`;
    expect(ts(desk)).toBe('[...unknown parameter]');
  });

  it('have what the same method puts in before', () => {
    const desk = `class Desk {
  history = [];
  ask(text: string) {
    this.history.push({ role: 'system', content: 'rules' });
    this.history.push({ role: 'user', content: 'ask' });
    probe(this.history);
    this.history.push(text);
  }
}`;
    expect(ts(desk)).toBe(`[${RULES}, ${ASK}]`);
  });
});
