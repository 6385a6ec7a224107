import { describe, expect, it } from 'vitest';
import { Evaluator } from '../evaluator.ts';
import { printValue } from '../print-value.ts';
import { memoryHost } from '../test-host.ts';

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

  it('is loaded by its name, from the folder of the loader or from the only place that has it', () => {
    const from = (environment: string, name: string, files: Record<string, string>) =>
      py(
        `from jinja2 import Environment, FileSystemLoader, PackageLoader\nenv = ${environment}\ndef f(q, kind):\n    probe(env.get_template(${name}).render(q=q))`,
        files,
      );
    const text = '"Sort {unknown parameter}."';
    const files = { '/app/prompts/ask.j2': 'Sort {{ q }}.', '/app/old/ask.j2': 'Gone.' };
    expect(from('Environment(loader=FileSystemLoader("prompts"))', '"ask.j2"', files)).toBe(text);
    expect(from('Environment(loader=FileSystemLoader(["none", "./prompts"]))', 'name="ask.j2"', files)).toBe(text);
    expect(from('Environment(loader=PackageLoader("app", "prompts"))', '"ask.j2"', files)).toBe(text);
    const inPackage = { '/app/deep/templates/ask.j2': 'Sort {{ q }}.' };
    expect(from('Environment(loader=PackageLoader("app"))', '"ask.j2"', inPackage)).toBe(text);
    // Which of the folders below the loader's is not known.
    const anywhere = 'Environment(loader=FileSystemLoader(PROMPTS))';
    for (const name of ['f"{kind}/ask.j2"', '"/".join([kind, "ask"]) + ".j2"']) {
      expect(from(anywhere, name, inPackage)).toBe(text);
    }
    expect(from(anywhere, 'f"{kind}/ask.j2"', files)).toContain('Gone');
    expect(from(anywhere, 'f"{kind}sk.j2"', files)).toContain('jinja2');
    expect(from(anywhere, 'kind', files)).toContain('jinja2');
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`/app/${name}/ask.j2`, 'One of many.']));
    expect(from(anywhere, '"ask.j2"', many)).toContain('jinja2');
  });

  it('is loaded by its name in TypeScript', () => {
    const files = { '/app/prompts/ask.njk': 'Sort {{ q }}.' };
    const text = '"Sort {unknown parameter}."';
    const nunjucks = "import nunjucks from 'nunjucks';\n";
    for (const made of [
      "nunjucks.render('ask.njk', { q })",
      "nunjucks.configure('prompts').render('ask.njk', { q })",
      "new nunjucks.Environment(new nunjucks.FileSystemLoader('prompts')).getTemplate('ask.njk').render({ q })",
    ]) {
      expect(probe('/app/main.ts', `${nunjucks}function f(q) { probe(${made}) }`, files)).toBe(text);
    }
  });

  it('has the text of what it includes, to a depth, and a hole where that is not known', () => {
    const files = {
      '/app/ask.j2': '{% include "rules.j2" %} {{ q }} {%- include "gone.j2" -%} {% include name %}',
      '/app/rules.j2': 'Be brief. {% include "tone.j2" %}',
      '/app/tone.j2': 'Be kind.{% include "rules.j2" %}',
    };
    const source =
      'from jinja2 import Environment, FileSystemLoader\nprobe(Environment(loader=FileSystemLoader(".")).get_template("ask.j2").render(q="books"))';
    expect(py(source, files)).toBe(
      '"Be brief. Be kind.Be brief. Be kind.Be brief. {unknown opaque} books {unknown opaque} {unknown opaque}"',
    );
  });

  it('stays what the package gives if its text is not known', () => {
    const source = 'from jinja2 import Template\ndef f(text, q):\n    probe(Template(text).render(q=q))';
    expect(py(source)).toContain('jinja2');
  });
});
