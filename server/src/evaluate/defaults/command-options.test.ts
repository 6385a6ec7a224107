/** Command lines: a module in, the models of its call out. What the command line says is never certain. */
import { describe, expect, test } from 'vitest';
import { modelsIn, pythonCall, typescriptCall } from './testing.ts';

const DEFAULT = 'gpt-6-sol default, ...';
const CHOICES = 'gpt-6-sol default, gpt-6-luna caller';

describe('argparse', () => {
  const parser = (options: string) => `parser = argparse.ArgumentParser()\n${options}\nargs = parser.parse_args()`;
  test.each([
    ['args.model', parser('parser.add_argument("-m", "--model", type=str, default="gpt-6-sol")'), DEFAULT],
    ['args.llm_model', parser('parser.add_argument("--llm-model", default="gpt-6-sol")'), DEFAULT],
    ['args.llm', parser('parser.add_argument("--llm-model", dest="llm", default="gpt-6-sol")'), DEFAULT],
    ['args.model', parser('parser.add_argument("model", nargs="?", default="gpt-6-sol")'), DEFAULT],
    [
      'args.model',
      parser('parser.add_argument("--model", default="gpt-6-sol", choices=["gpt-6-sol", "gpt-6-luna"])'),
      CHOICES,
    ],
    ['args.model', parser('parser.add_argument("--model", default=os.getenv("MODEL", "gpt-6-sol"))'), DEFAULT],
    [
      'args.model',
      parser('group = parser.add_argument_group("llm")\ngroup.add_argument("--model", default="gpt-6-sol")'),
      DEFAULT,
    ],
    [
      'vars(parser.parse_args())["model"]',
      'parser = argparse.ArgumentParser()\nparser.add_argument("--model", default="gpt-6-sol")',
      DEFAULT,
    ],
    ['args.model', parser('parser.add_argument("--model", required=True)'), '...'],
    ['args.model', parser('parser.add_argument("--other", default="gpt-6-sol")'), '...'],
  ])('%s after %j', (model, before, expected) =>
    expect(modelsIn({ 'a.py': pythonCall(model, before) })).toBe(expected),
  );

  test('what a parsing function gives, and what a caller passes on', () => {
    const parse = `def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="gpt-6-sol")
    return parser.parse_args()
`;
    expect(modelsIn({ 'a.py': pythonCall('args.model', `${parse}args = parse()`) })).toBe(DEFAULT);
    expect(modelsIn({ 'a.py': `${pythonCall('args.model', parse, 'args')}ask(parse())\n` })).toBe(DEFAULT);
    expect(modelsIn({ 'a.py': `${pythonCall('model', parse, 'model')}args = parse()\nask(args.model)\n` })).toBe(
      DEFAULT,
    );
  });

  test('a parameter that only has the name of an option is none', () => {
    const before = 'parser = argparse.ArgumentParser()\nparser.add_argument("--model", default="gpt-6-sol")';
    expect(modelsIn({ 'a.py': pythonCall('user.model', before, 'user') })).toBe('...');
  });
});

test.each([
  ['@click.option("--model", "-m", default="gpt-6-sol", help="text")', 'model', DEFAULT],
  ['@click.option("--llm", "model", default="gpt-6-sol")', 'model', DEFAULT],
  ['@click.option("--model", default="gpt-6-sol", type=click.Choice(["gpt-6-sol", "gpt-6-luna"]))', 'model', CHOICES],
  [
    '@click.option("--model", type=click.Choice(["gpt-6-sol", "gpt-6-luna"]))',
    'model',
    'gpt-6-sol caller, gpt-6-luna caller',
  ],
  ['@click.option("--other", default="gpt-6-sol")', 'model', '...'],
])('click: %s', (option, parameter, expected) => {
  const text = `import click
from openai import OpenAI
@click.command()
${option}
def main(${parameter}):
    OpenAI().responses.create(model=${parameter}, input="Hello there")
`;
  expect(modelsIn({ 'a.py': text })).toBe(expected);
});

test.each([
  ['typer', 'typer.Option("gpt-6-sol", help="text")', DEFAULT],
  ['typer', 'typer.Option(..., help="text")', '...'],
  ['typer', 'typer.Option(default="gpt-6-sol")', DEFAULT],
  ['fastapi', 'fastapi.Query("gpt-6-sol")', DEFAULT],
  ['fastapi', 'fastapi.Body(None)', '...'],
])('%s: model = %s', (module, wrapper, expected) => {
  expect(modelsIn({ 'a.py': pythonCall('model', `import ${module}`, `model: str = ${wrapper}`) })).toBe(expected);
});

describe('in TypeScript', () => {
  test.each([
    [
      'opts.model',
      "import { program } from 'commander';\nprogram.option('-m, --model <name>', 'text', 'gpt-6-sol');\nconst opts = program.opts();",
      DEFAULT,
    ],
    [
      'opts.llmModel',
      "import { Command } from 'commander';\nconst program = new Command().requiredOption('--llm-model <name>', 'text', 'gpt-6-sol');\nconst opts = program.opts();",
      DEFAULT,
    ],
    [
      'opts.model',
      "import { Command, Option } from 'commander';\nconst program = new Command();\nprogram.addOption(new Option('--model <name>').default('gpt-6-sol').choices(['gpt-6-sol', 'gpt-6-luna']));\nconst opts = program.opts();",
      CHOICES,
    ],
    [
      'argv.model',
      "import yargs from 'yargs';\nconst argv = yargs(process.argv).option('model', { type: 'string', default: 'gpt-6-sol' }).parseSync();",
      DEFAULT,
    ],
    [
      'argv.model',
      "import yargs from 'yargs';\nconst argv = yargs.options({ model: { default: 'gpt-6-sol', choices: ['gpt-6-sol', 'gpt-6-luna'] } }).argv;",
      CHOICES,
    ],
    [
      'values.model',
      "import { parseArgs } from 'node:util';\nconst { values } = parseArgs({ options: { model: { type: 'string', default: 'gpt-6-sol' } } });",
      DEFAULT,
    ],
    [
      'argv.model',
      "import minimist from 'minimist';\nconst argv = minimist(process.argv, { default: { model: 'gpt-6-sol' } });",
      DEFAULT,
    ],
    [
      'cli.flags.model',
      "import meow from 'meow';\nconst cli = meow('text', { flags: { model: { default: 'gpt-6-sol' } } });",
      DEFAULT,
    ],
    [
      'argv.model',
      "import yargs from 'yargs';\nconst argv = yargs.option('other', { default: 'gpt-6-sol' }).argv;",
      '...',
    ],
  ])('%s after %j', (model, before, expected) =>
    expect(modelsIn({ 'a.ts': typescriptCall(model, before) })).toBe(expected),
  );

  const asked = (model: string) => `await new OpenAI().responses.create({ model: ${model}, input: 'Hello there' });`;
  test.each([
    [
      "import { Command } from 'commander';",
      `new Command().option('--llm-model <name>', 'text', 'gpt-6-sol').action(async (options) => { ${asked('options.llmModel')} });`,
    ],
    [
      "import { Command } from 'commander';",
      `async function run(options) { ${asked('options.model')} }\nnew Command().option('--model <name>', 'text', 'gpt-6-sol').action(run);`,
    ],
    [
      "import cac from 'cac';",
      `cac('x').command('ask', 'text').option('--model <name>', 'text', { default: 'gpt-6-sol' }).action(async (options) => { ${asked('options.model')} });`,
    ],
    [
      "import { defineCommand } from 'citty';",
      `export default defineCommand({ args: { model: { default: 'gpt-6-sol' } }, async run({ args }) { ${asked('args.model')} } });`,
    ],
  ])('a function that is given the options: %s %s', (head, code) => {
    expect(modelsIn({ 'a.ts': `import OpenAI from 'openai';\n${head}\n${code}\n` })).toBe(DEFAULT);
  });

  test('a function that is given something else is not', () => {
    const before = "import { Command } from 'commander';\nnew Command().option('--model <name>', 'text', 'gpt-6-sol');";
    expect(modelsIn({ 'a.ts': typescriptCall('user.model', before, 'user: any') })).toBe('...');
  });
});
