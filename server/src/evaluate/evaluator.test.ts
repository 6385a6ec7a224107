import { describe, expect, it } from 'vitest';
import { Evaluator } from './evaluator.ts';
import { printValue } from './print-value.ts';
import { memoryHost } from './test-host.ts';

/** What the last expression statement `probe(x)` of the main file is given. */
function probe(files: Record<string, string>, main = Object.keys(files)[0] as string): string {
  const evaluator = new Evaluator(memoryHost(files));
  const module = evaluator.module(main);
  const record = module?.calls.findLast(({ node }) => node.callee.kind === 'name' && node.callee.name === 'probe');
  const argument = record?.node.arguments[0];
  if (!record || !argument) throw new Error('no probe(...) in the source');
  return printValue(evaluator.evaluate(argument.value, evaluator.frameOf(record.scope)));
}
const ts = (text: string, more: Record<string, string> = {}) => probe({ '/app/main.ts': text, ...more });
const py = (text: string, more: Record<string, string> = {}) => probe({ '/app/main.py': text, ...more });

describe('constants and defaults', () => {
  it('reads a constant', () => expect(ts(`const MODEL = 'gpt-4o'; probe(MODEL)`)).toBe('"gpt-4o"'));
  it('reads through an alias', () => expect(py(`A = "x"\nB = A\nprobe(B)`)).toBe('"x"'));
  it('reads a rebound name where it stands', () => expect(py(`M = "a"\nM = "b"\nprobe(M)\nM = "c"`)).toBe('"b"'));
  it('sees the last binding from a closure', () => expect(py(`M = "a"\ndef f():\n    probe(M)\nM = "c"`)).toBe('"c"'));
  it('joins the paths of a branch', () => expect(py(`M = "a"\nif flag:\n    M = "b"\nprobe(M)`)).toBe('"a" | "b"'));
  it('drops what every alternative overrides', () =>
    expect(py(`M = "a"\nif flag:\n    M = "b"\nelse:\n    M = "c"\nprobe(M)`)).toBe('"b" | "c"'));
  it('does not see the other alternative', () =>
    expect(py(`if flag:\n    M = "b"\n    probe(M)\nelse:\n    M = "c"`)).toBe('"b"'));
  it('drops a path that returns', () =>
    expect(ts(`function f(x) { let m = 'a'; if (x) { m = 'b'; return; } probe(m) }`)).toBe('"a"'));
  it('keeps block-scoped names apart', () =>
    expect(ts(`const m = 'outer'; { const m = 'inner'; } probe(m)`)).toBe('"outer"'));
  it('keeps a default as a hint', () => {
    expect(ts(`probe(process.env.MODEL ?? 'gpt-4o')`)).toBe('unknown environment = "gpt-4o"');
    expect(py(`import os\nprobe(os.getenv("M", "gpt-4o"))`)).toBe('unknown environment = "gpt-4o"');
    expect(py(`import os\nprobe(os.environ["M"])`)).toBe('unknown environment');
    expect(ts(`function f(model = 'gpt-4o') { probe(model) }`)).toBe('unknown parameter = "gpt-4o"');
    expect(ts(`function f({ model = 'gpt-4o' } = {}) { probe(model) }`)).toBe('unknown parameter = "gpt-4o"');
    expect(ts(`function f(options) { probe(options.model || 'gpt-4o') }`)).toBe('unknown parameter = "gpt-4o"');
  });
  it('reads a member that is named by a literal, and knows nothing of one that is not', () => {
    expect(py(`class C:\n    model = "gpt-4o"\nprobe(getattr(C, "model"))`)).toBe('"gpt-4o"');
    expect(py(`class C:\n    model = "gpt-4o"\ndef f(name):\n    probe(getattr(C, name))`)).toBe('unknown opaque');
  });
  it('keeps the default of a parameter whose type is a function that is filled in in part', () =>
    expect(py(`from functools import partial\nclass C:\n    pass\ndef f(made: partial[C] = C):\n    probe(made)`)).toBe(
      'unknown parameter = class C',
    ));
  it('knows what an object of a package was made with', () =>
    expect(py(`from kit import Message\nm = Message(role="user", content="hello")\nprobe(m.content)`)).toBe('"hello"'));
  it('joins a conditional', () => expect(ts(`probe(x ? 'a' : 'b')`)).toBe('"a" | "b"'));
  it('has steps left behind a circle of values that each ask twice for the next', () => {
    const circle = Array.from({ length: 16 }, (_, at) => `let x${at} = [x${(at + 1) % 16}, x${(at + 1) % 16}];`);
    expect(ts(`${circle.join(' ')} const all = [x0, 'text']; const [, last] = all; probe(last)`)).toBe('"text"');
  });
  it('does not evaluate fields that are never read', () => {
    const unread = Array.from({ length: 5_000 }, (_, at) => `f(${at})`);
    expect(ts(`const request = { unread: [${unread}], model: 'gpt-4o' }; probe(request.model)`)).toBe('"gpt-4o"');
  });
  it('survives a cycle', () => expect(ts(`let a = b; let b = a; probe(a)`)).toBe('unknown opaque'));
});

describe('text', () => {
  it('keeps holes apart from literal text', () =>
    expect(ts('function f(q) { probe(`Answer ${q} now`) }')).toBe('"Answer {unknown parameter} now"'));
  it('joins with +', () => expect(ts(`const a = 'x'; probe(a + 'y' + 1)`)).toBe('"xy1"'));
  it('grows with +=', () => expect(py(`p = "a"\np += "b"\nprobe(p)`)).toBe('"ab"'));
  it('formats', () => {
    expect(py(`probe("{} and {name}".format("x", name="y"))`)).toBe('"x and y"');
    expect(py(`probe("%s has %d" % ("x", 2))`)).toBe('"x has 2"');
    expect(py(`def f(q):\n    probe(f"{q}!")`)).toBe('"{unknown parameter}!"');
  });
  it('joins lists', () => {
    expect(ts(`probe(['a', 'b'].join('\\n'))`)).toBe('"a\\nb"');
    expect(py(`probe("\\n".join(["a", "b"]))`)).toBe('"a\\nb"');
  });
  it('sees through dedent and trim', () =>
    expect(py(`from textwrap import dedent\nprobe(dedent("""x""").strip())`)).toBe('"x"'));
  it('sees through tags that lay out a template, and through lists without their gaps', () => {
    expect(
      ts("import { codeBlock, oneLine } from 'common-tags'; probe(codeBlock`${oneLine`You are ${'brief'}.`} Go.`)"),
    ).toBe('"You are brief. Go."');
    expect(ts(`import { compact } from 'lodash'; probe(compact(['a', 'b']))`)).toBe(ts(`probe(['a', 'b'])`));
    expect(ts(`import _ from 'lodash'; probe(_.cloneDeep({ a: 1 }))`)).toBe(ts('probe({ a: 1 })'));
  });
  it('joins the parts of an address with one slash', () => {
    const join = (args: string) => ts(`import urlJoin from 'url-join'; probe(urlJoin(${args}))`);
    expect(join(`'https://api.openai.com/', '/v1/', 'models'`)).toBe('"https://api.openai.com/v1/models"');
    expect(join(`process.env.BASE, '/chat'`)).toBe('"{unknown environment}/chat"');
  });
  it('marks clocks and random ids', () => {
    expect(ts('probe(`now ${new Date().toISOString()}`)')).toBe('"now {unknown volatile}"');
    expect(py(`from datetime import datetime\nprobe(f"{datetime.now()}")`)).toBe('"{unknown volatile}"');
    expect(py(`import uuid\nprobe(str(uuid.uuid4()))`)).toBe('unknown volatile');
  });
  it('reads a prompt beside the code', () => {
    const prompt = { '/app/prompts/system.md': 'You are helpful.' };
    expect(
      ts(
        `import fs from 'node:fs'; import path from 'path'; probe(fs.readFileSync(path.join(__dirname, 'prompts/system.md'), 'utf8'))`,
        prompt,
      ),
    ).toBe('"You are helpful."');
    expect(py(`with open("prompts/system.md") as f:\n    text = f.read()\nprobe(text)`, prompt)).toBe(
      '"You are helpful."',
    );
    expect(ts(`import fs from 'fs'; probe(fs.readFileSync('cat.png'))`, { '/app/cat.png': 'no words' })).toBe(
      'fs.default.readFileSync("cat.png")',
    );
    expect(py(`from pathlib import Path\nprobe(Path("prompts/system.md").read_text())`, prompt)).toBe(
      '"You are helpful."',
    );
  });
});

describe('objects', () => {
  it('spreads', () => {
    expect(ts(`const base = { model: 'a', n: 1 }; probe({ ...base, n: 2 })`)).toBe('{model: "a", n: 2}');
    expect(py(`base = {"model": "a"}\nprobe({**base, "n": 2})`)).toBe('{model: "a", n: 2}');
  });
  it('marks what an unknown spread may replace', () =>
    expect(ts(`function f(o) { probe({ model: 'a', ...o, n: 1 }) }`)).toBe(
      '{model~: "a", n: 1, ...unknown parameter}',
    ));
  it('follows changes in place', () => {
    expect(py(`k = {"model": "a"}\nk["n"] = 1\nprobe(k)`)).toBe('{model: "a", n: 1}');
    expect(py(`k = {"model": "a"}\nif x:\n    k["n"] = 1\nprobe(k)`)).toBe('{model: "a", n?: 1}');
    expect(py(`k = dict(model="a")\nk.update({"n": 1})\nprobe(k)`)).toBe('{model: "a", n: 1}');
    expect(ts(`const k = { model: 'a' }; k.n = 1; Object.assign(k, { m: 2 }); probe(k)`)).toBe(
      '{model: "a", n: 1, m: 2}',
    );
    expect(py(`m = [1]\nm.append(2)\nprobe(m)`)).toBe('[1, 2]');
    expect(py(`m = [1]\nfor x in y:\n    m.append(x)\nprobe(m)`)).toBe('[1, ...unknown item]');
  });
  it('reads members and elements', () => {
    expect(ts(`const M = { fast: 'a', slow: 'b' }; probe(M.fast)`)).toBe('"a"');
    expect(py(`M = {"fast": "a"}\nprobe(M["fast"])`)).toBe('"a"');
    expect(py(`M = {"fast": "a"}\nprobe(M.get("x", "b"))`)).toBe('"b"');
    expect(ts(`const [a, b] = ['x', 'y']; probe(b)`)).toBe('"y"');
    expect(ts(`const { a: { b } } = { a: { b: 1 } }; probe(b)`)).toBe('1');
    expect(ts(`const M = { fast: 'a', slow: 'b' }; function f(k) { probe(M[k]) }`)).toBe(
      'unknown configuration = "a" | "b"',
    );
  });
  it('passes keyword spreads on', () =>
    expect(py(`import lib\nk = {"model": "a"}\nprobe(lib.f(**k, n=1))`)).toBe('lib.f(model="a", n=1)'));
});

describe('functions', () => {
  it('evaluates a call with its arguments', () => {
    expect(ts(`const f = (m) => ({ model: m }); probe(f('a'))`)).toBe('{model: "a"}');
    expect(py(`def f(m="x", *rest, **k):\n    return [m, k]\nprobe(f("a", n=1))`)).toBe('["a", {n: 1}]');
    expect(py(`def f(m="x"):\n    return m\nprobe(f())`)).toBe('"x"');
  });
  it('keeps closures', () =>
    expect(ts(`function make(m) { return { get: () => m } } probe(make('a').get())`)).toBe('"a"'));
  it('survives recursion', () => expect(py(`def f(n):\n    return f(n - 1)\nprobe(f(3))`)).toBe('unknown opaque'));
  it('maps lists', () => expect(ts(`probe(['a', 'b'].map((x) => ({ x })))`)).toBe('[{x: "a"}, {x: "b"}]'));
});

describe('classes', () => {
  it('reads fields, getters and what the constructor assigns', () => {
    expect(ts(`class A { m = 'a'; get n() { return this.m } ask() { probe(this.n) } }`)).toBe('"a"');
    expect(
      py(`class A:\n    def __init__(self):\n        self.m = "a"\n    def ask(self):\n        probe(self.m)`),
    ).toBe('"a"');
    expect(py(`class A:\n    M = "a"\n    def ask(self):\n        probe(self.M)`)).toBe('"a"');
    expect(py(`class A:\n    def __init__(self, m):\n        self.m = m\nprobe(A("a").m)`)).toBe('"a"');
    expect(ts(`class A { constructor(private m: string) {} get() { return this.m } } probe(new A('a').get())`)).toBe(
      '"a"',
    );
    expect(
      py(`class A:\n    def __init__(self, m="a"):\n        self.m = m\n    def ask(self):\n        probe(self.m)`),
    ).toBe('unknown parameter = "a"');
  });
  it('reads what a base class has', () => {
    expect(
      ts(
        `import OpenAI from 'openai'; class B { client = new OpenAI() } class A extends B { ask() { probe(this.client) } }`,
      ),
    ).toBe('openai.default()');
    expect(
      py(
        `class B:\n    def __init__(self, m):\n        self.m = m\nclass A(B):\n    def __init__(self):\n        super().__init__("a")\n    def ask(self):\n        probe(self.m)`,
      ),
    ).toBe('"a"');
  });
  it('treats a subclass of a package as the package', () =>
    expect(py(`from openai import OpenAI\nclass A(OpenAI):\n    pass\nprobe(A(api_key="k").chat.completions)`)).toBe(
      'openai.OpenAI(api_key="k").chat.completions',
    ));
  it.each([
    ['by name', 'A(m="a").m', '"a"'],
    ['by place', 'A("a").m', '"a"'],
    ['by place, after another', 'A("a", 7).n', '7'],
    ['by default', 'A("a").n', '3'],
  ])('fills dataclass fields %s', (_, made, expected) =>
    expect(
      py(`from dataclasses import dataclass\n@dataclass\nclass A:\n    m: str\n    n: int = 3\nprobe(${made})`),
    ).toBe(expected),
  );
  it('takes no argument of another class for a field', () =>
    expect(py(`class A:\n    m: str = "x"\nprobe(A("a").m)`)).not.toBe('"a"'));
  it('reads annotations of parameters', () => {
    expect(ts(`import type OpenAI from 'openai'; function f(client: OpenAI) { probe(client.chat) }`)).toBe(
      'openai.default(?).chat',
    );
    expect(
      py(
        `from openai import OpenAI\nfrom typing import Optional\ndef f(c: Optional[OpenAI] = None):\n    probe(c.chat)`,
      ),
    ).toBe('openai.OpenAI(?).chat');
    expect(
      ts(`import OpenAI from 'openai'; interface Deps { openai: OpenAI } function f(d: Deps) { probe(d.openai.chat) }`),
    ).toBe('openai.default(?).chat');
  });
  it('fills what starts empty', () =>
    expect(
      ts(
        `import OpenAI from 'openai'; let c: OpenAI | null = null; function get() { if (!c) c = new OpenAI(); return c } probe(get().chat)`,
      ),
    ).toBe('openai.default().chat'));
});

describe('modules', () => {
  it('follows imports and re-exports', () => {
    const files = {
      '/app/lib/index.ts': `export * from './models'; export { X as Y } from './x'`,
      '/app/lib/models.ts': `export const MODEL = 'a'`,
      '/app/lib/x.ts': `export const X = 'x'`,
    };
    expect(ts(`import { MODEL } from './lib'; probe(MODEL)`, files)).toBe('"a"');
    expect(ts(`import * as lib from './lib'; probe(lib.Y)`, files)).toBe('"x"');
    expect(ts(`const { MODEL } = require('./lib'); probe(MODEL)`, files)).toBe('"a"');
  });
  it('follows default exports and CommonJS', () => {
    expect(ts(`import m from './m'; probe(m)`, { '/app/m.ts': `const m = 'a'; export default m` })).toBe('"a"');
    expect(ts(`const { m } = require('./m.js'); probe(m)`, { '/app/m.js': `module.exports = { m: 'a' }` })).toBe('"a"');
  });
  it('follows Python packages', () => {
    const files = { '/app/pkg/__init__.py': `from .models import MODEL`, '/app/pkg/models.py': `MODEL = "a"` };
    expect(py(`from pkg import MODEL\nprobe(MODEL)`, files)).toBe('"a"');
    expect(py(`from pkg import models\nprobe(models.MODEL)`, files)).toBe('"a"');
    expect(py(`from pkg import *\nprobe(MODEL)`, files)).toBe('"a"');
  });
  it('takes a dynamic import', () =>
    expect(ts(`async function f() { const { default: OpenAI } = await import('openai'); probe(new OpenAI()) }`)).toBe(
      'openai.default()',
    ));
  it('takes what a promise gives', () => {
    expect(ts(`const sdk = () => import('a').then((m) => m.Client); probe(sdk())`)).toBe('a.Client');
    expect(ts(`async function f() { const [a, { b }] = await Promise.all([x(), { b: 1 }]); probe(b) }`)).toBe('1');
  });
  it('does not take a declared field for an absent one', () =>
    expect(ts(`interface C { n: number } function f(c: C) { probe(c.n) }`)).toBe('unknown configuration'));
  it('passes on what a caller of a caller gives', () =>
    expect(
      py(`import a, asyncio\ndef f(c):\n    probe(c)\ndef g(c):\n    asyncio.to_thread(f, c)\ng(a.Client())`),
    ).toBe('unknown parameter = a.Client()'));
  it('sees what a constructor is given', () =>
    expect(
      py(
        `import a\nclass A:\n    def __init__(self, c):\n        self.c = c\n    def ask(self):\n        probe(self.c)\nA(a.Client())`,
      ),
    ).toBe('unknown parameter = a.Client()'));
  it('makes an object of a class that names its type arguments', () => {
    expect(py(`from a import Agent\nprobe(Agent[Deps, list[str]]("x"))`)).toBe('a.Agent("x")');
    expect(py(`from a import Agent\nclass Deps: pass\nprobe(Agent[Deps]("x"))`)).toBe('a.Agent("x")');
    expect(py(`class Box(Generic[T]):\n    def get(self):\n        return "x"\nprobe(Box[int]().get())`)).toBe('"x"');
    expect(py(`from a import MODELS\ndef f(key):\n    probe(MODELS[key]())`)).toBe('a.MODELS.[]()');
  });
  it('pipes', () =>
    expect(py(`from a import p\nfrom b import m\nprobe((p | m).invoke("x"))`)).toBe('a.p.pipe(b.m).invoke("x")'));
});

describe('a change of a part, or through another name', () => {
  const LIST = 'messages = [{"role": "user"}, {"role": "user"}]\n';
  it.each([
    ['by an index', `${LIST}messages[-1]["cache"] = 1\nprobe(messages)`, '[{role: "user"}, {role: "user", cache: 1}]'],
    [
      'of a name for an item',
      `${LIST}last = messages[1]\nlast["cache"] = 1\nprobe(messages)`,
      '[{role: "user"}, {role: "user", cache: 1}]',
    ],
    [
      'of the name of a loop',
      `${LIST}for m in messages:\n    m["cache"] = 1\nprobe(messages)`,
      '[{role: "user", cache?: 1}, {role: "user", cache?: 1}]',
    ],
    [
      'by an unknown index',
      `${LIST}messages[at]["cache"] = 1\nprobe(messages)`,
      '[{role: "user", cache?: 1}, {role: "user", cache?: 1}]',
    ],
    [
      'of a whole item',
      `${LIST}messages[0] = {"role": "system"}\nprobe(messages)`,
      '[{role: "system"}, {role: "user"}]',
    ],
    [
      'in a helper',
      `def mark(all):\n    all[-1]["cache"] = 1\n    return all\n${LIST}probe(mark(messages))`,
      '[{role: "user"}, {role: "user", cache: 1}]',
    ],
    [
      'in a helper without a result',
      `def mark(all):\n    all[-1]["cache"] = 1\n${LIST}mark(messages)\nprobe(messages)`,
      '[{role: "user"}, {role: "user", cache: 1}]',
    ],
    [
      'in a helper that may run',
      `def add(all):\n    all.append(2)\nxs = [1]\nif flag:\n    add(xs)\nprobe(xs)`,
      '[1] | [1, 2]',
    ],
    [
      'by a helper that only reads',
      `def show(all):\n    print(all)\n${LIST}show(messages)\nprobe(messages)`,
      '[{role: "user"}, {role: "user"}]',
    ],
    [
      'of a copy',
      `${LIST}other = list(messages[0])\nother["cache"] = 1\nprobe(messages)`,
      '[{role: "user"}, {role: "user"}]',
    ],
  ])('%s', (_, program, expected) => expect(py(program)).toBe(expected));

  it('with `at` and a name in TypeScript', () => {
    const list = `const messages = [{ role: 'user' }, { role: 'user' }];`;
    const marked = '[{role: "user"}, {role: "user", cache: true}]';
    expect(ts(`${list} messages.at(-1).cache = true; probe(messages)`)).toBe(marked);
    expect(ts(`${list} const last = messages.at(-1); last.cache = true; probe(messages)`)).toBe(marked);
  });

  it('by an index beside items of an unknown number leaves the others as they are', () => {
    const program =
      'def f(history):\n    all = [{"role": "system"}] + history\n    all[-1]["cache"] = 1\n    probe(all)';
    expect(py(program)).toBe('[{role: "system"}, ...unknown parameter]');
  });

  it('survives names for each other', () => {
    expect(ts(`let a = [b[0]]; let b = a[0]; b.x = 1; a.y = b; b = a.y; b.z = 2; probe(1)`)).toBe('1');
  });
});
