import { describe, expect, it } from 'vitest';
import { Evaluator } from './evaluator.ts';
import { printValue } from './print-value.ts';
import { memoryHost } from './test-host.ts';

/** What `probe(x)` of the file is given. */
function probe(path: string, source: string, more: Record<string, string> = {}): string {
  const evaluator = new Evaluator(memoryHost({ [path]: source, ...more }));
  const record = evaluator
    .module(path)
    ?.calls.findLast(({ node }) => node.callee.kind === 'name' && node.callee.name === 'probe');
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the source');
  return printValue(evaluator.evaluate(argument.value, evaluator.frameOf(record.scope)));
}
const py = (source: string, more?: Record<string, string>) => probe('/app/main.py', source, more);
const ts = (source: string) => probe('/app/main.ts', source);

describe('a template that is filled', () => {
  it('is text with the arguments in its fields', () => {
    const text = '"Sort {unknown parameter} into shelves."';
    expect(
      py('from jinja2 import Template\ndef f(q):\n    probe(Template("Sort {{ q }} into shelves.").render(q=q))'),
    ).toBe(text);
    const made = 'Environment(loader=BaseLoader()).from_string("Sort {{q}} into shelves.")';
    expect(py(`from jinja2 import Environment, BaseLoader\ndef f(q):\n    probe(${made}.render({"q": q}))`)).toBe(text);
    expect(
      py('from string import Template\ndef f(q):\n    probe(Template("Sort $q into shelves.").substitute(q=q))'),
    ).toBe(text);
    const langchain = 'from langchain_core.prompts import PromptTemplate\n';
    expect(
      py(`${langchain}P = PromptTemplate.from_template("Sort {q} into shelves.")\ndef f(q):\n    probe(P.format(q=q))`),
    ).toBe(text);
    expect(
      ts(
        `import Handlebars from 'handlebars';\nfunction f(q) { probe(Handlebars.compile('Sort {{q}} into shelves.')({ q })) }`,
      ),
    ).toBe(text);
    expect(
      ts(
        `import Mustache from 'mustache';\nfunction f(q) { probe(Mustache.render('Sort {{q}} into shelves.', { q })) }`,
      ),
    ).toBe(text);
  });

  it('leaves out statements and notes, and does not know what an expression gives', () => {
    const text = 'Books:{# new ones #}{% for b in books %} {{ b.title | upper }}{% endfor %}.';
    expect(py(`from jinja2 import Template\nprobe(Template("${text}").render(books=BOOKS))`)).toBe(
      '"Books: {unknown opaque}."',
    );
  });

  it('is read from its file', () => {
    const source = 'from jinja2 import Template\nprobe(Template(open("ask.j2").read()).render(q="books"))';
    expect(py(source, { '/app/ask.j2': 'Sort {{ q }}.' })).toBe('"Sort books."');
  });

  it('stays what the package gives if its text is not known', () => {
    const source = 'from jinja2 import Template\ndef f(text, q):\n    probe(Template(text).render(q=q))';
    expect(py(source)).toContain('jinja2');
  });
});
