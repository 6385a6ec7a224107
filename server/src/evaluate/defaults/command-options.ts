/**
 * Options of a command line, with the defaults that the module states where it declares them. What a run is told on its
 * command line is not known, so a value read from there is unknown and has its default as a hint.
 */
import type { Argument, Expression, FunctionNode, Span } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Evaluator } from '../evaluator.ts';
import { literalText, oneOf, unknown } from '../lattice.ts';
import type { CallRecord, ModuleScope, Scope } from '../scopes/scope.ts';
import type { ExternalValue, Value } from '../values.ts';

/** Packages that read a command line, and the members that lead to the options; none where the call itself gives them. */
const RESULTS: Readonly<Record<string, readonly string[]>> = {
  argparse: ['parse_args', 'parse_known_args', 'parse_intermixed_args'],
  configargparse: ['parse_args', 'parse_known_args'],
  jsonargparse: ['parse_args'],
  optparse: ['parse_args'],
  click: [],
  commander: ['opts', 'optsWithGlobals'],
  yargs: ['argv', 'parse', 'parseSync', 'parseAsync'],
  'yargs/yargs': ['argv', 'parse', 'parseSync', 'parseAsync'],
  util: ['parseArgs'],
  'node:util': ['parseArgs'],
  meow: ['flags'],
  minimist: [],
  mri: [],
  cac: ['parse'],
  citty: [],
};

/** Methods that are given a function which receives the options. */
const HANDLED_BY: ReadonlySet<string> = new Set(['action', 'command', 'defineCommand']);

interface DeclaredOption {
  readonly scope: Scope;
  readonly byDefault: Expression | null;
  readonly choices: Expression | null;
}

interface ModuleOptions {
  readonly byName: ReadonlyMap<string, readonly DeclaredOption[]>;
  /** Functions that are called with the options, from their beginning to their body. */
  readonly handlers: readonly Span[];
}

/** Option `name` of a parsed command line; null where the value is none, or has no such option. */
export function commandOption(evaluator: Evaluator, value: ExternalValue, name: string, origin: Origin): Value | null {
  const results = Object.hasOwn(RESULTS, value.module) ? RESULTS[value.module] : undefined;
  if (results === undefined) return null;
  const { steps } = value;
  const isParsed =
    results.length === 0
      ? steps.some(({ kind }) => kind === 'call')
      : steps.some((step) => step.kind === 'member' && results.includes(step.name));
  if (!isParsed) return null;
  const paths = new Set(steps.flatMap((step) => (step.kind === 'call' && step.args?.path ? [step.args.path] : [])));
  for (const path of paths) {
    const module = evaluator.module(path);
    const found = module && optionOf(evaluator, optionsOf(module), name, origin);
    if (found) return found;
  }
  return null;
}

/** A member of a parameter that a parser fills (`.action((options) => ...)`); null of any other. */
export function handledOption(
  evaluator: Evaluator,
  parameters: readonly Origin[],
  name: string,
  origin: Origin,
): Value | null {
  const [parameter] = parameters;
  const module = parameters.length === 1 && parameter ? evaluator.module(parameter.path) : null;
  if (!module || !parameter || !readsCommandLine(module)) return null;
  const options = optionsOf(module);
  const isHandler = options.handlers.some(({ start, end }) => parameter.start >= start && parameter.end <= end);
  return isHandler ? optionOf(evaluator, options, name, origin) : null;
}

/** A parameter of a function that decorators give options (`@click.option("--model", default=...)`). */
export function decoratedOption(
  evaluator: Evaluator,
  { node, module }: Scope,
  name: string,
  origin: Origin,
): Value | null {
  const { decorators } = node as FunctionNode;
  if (decorators.length === 0 || !readsCommandLine(module)) return null;
  const own = module.calls.filter(({ node: call }) => decorators.includes(call));
  const found = own.flatMap(declaredBy).flatMap(([option, declared]) => (option === name ? [declared] : []));
  return optionValue(evaluator, found, origin);
}

function optionOf(evaluator: Evaluator, { byName }: ModuleOptions, name: string, origin: Origin): Value | null {
  return optionValue(evaluator, byName.get(name) ?? [], origin);
}

function optionValue(evaluator: Evaluator, declared: readonly DeclaredOption[], origin: Origin): Value | null {
  if (declared.length === 0) return null;
  const evaluated = (pick: (option: DeclaredOption) => Expression | null): readonly Value[] =>
    declared.flatMap((option) => {
      const expression = pick(option);
      const value = expression && evaluator.evaluate(expression, evaluator.frameOf(option.scope));
      return value && value.kind !== 'null' ? [value] : [];
    });
  const defaults = evaluated(({ byDefault }) => byDefault);
  const value = unknown('configuration', defaults.length > 0 ? oneOf(defaults) : null, origin);
  const choices = evaluated((option) => option.choices).map(textsOf);
  // Every declaration of the option has to list what it allows.
  if (choices.length < declared.length || choices.some((texts) => texts === null)) return value;
  return { ...value, among: oneOf(choices.flatMap((texts) => texts ?? [])) };
}

function textsOf(choices: Value): readonly Value[] | null {
  // `click.Choice([...])`
  const last = choices.kind === 'external' ? choices.steps.at(-1) : undefined;
  const list = last?.kind === 'call' ? last.args?.positional[0] : choices;
  if (list?.kind !== 'array' || list.open.length > 0 || list.items.length === 0) return null;
  return list.items.every((item) => literalText(item) !== null) ? list.items : null;
}

const known = new WeakMap<ModuleScope, ModuleOptions>();

function optionsOf(module: ModuleScope): ModuleOptions {
  const before = known.get(module);
  if (before) return before;
  const byName = new Map<string, DeclaredOption[]>();
  for (const [name, option] of module.calls.flatMap(declaredBy)) {
    byName.set(name, [...(byName.get(name) ?? []), option]);
  }
  const found = { byName, handlers: handlersIn(module) };
  known.set(module, found);
  return found;
}

function readsCommandLine({ imports }: ModuleScope): boolean {
  return imports.some((specifier) => Object.hasOwn(RESULTS, specifier));
}

/** The options that a call declares, by the names under which the program reads them. */
function declaredBy({ node, scope }: CallRecord): readonly (readonly [string, DeclaredOption])[] {
  const { callee, arguments: args } = node;
  const method = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const named = (name: string): Expression | null =>
    args.find((argument) => argument.kind === 'named' && argument.name === name)?.value ?? null;
  switch (method) {
    case 'add_argument':
    case 'add_option': {
      const name = textIn(named('dest')) ?? pythonName(args);
      return name === null ? [] : [[name, { scope, byDefault: named('default'), choices: named('choices') }]];
    }
    case 'option':
    case 'argument':
    case 'requiredOption':
      if (args.some(({ kind }) => kind === 'named')) {
        const name = positionalTexts(args).find((text) => /^[a-z_]\w*$/i.test(text));
        const long = name ?? pythonName(args);
        return long === null ? [] : [[long, { scope, byDefault: named('default'), choices: named('type') }]];
      }
      return optionOfFlags(args, scope);
    case 'addOption':
      return optionOfObject(args[0]?.value, scope);
    case 'default':
      return pairOf(textIn(args[0]?.value), args[1]?.value, scope);
    default:
      return inTables(method, args, scope);
  }
}

/** Tables of options that one call declares, by the call's name: where the table stands, and what is in it. */
const TABLES: Readonly<Record<string, { readonly at: number; readonly key: string | null }>> = {
  options: { at: 0, key: null },
  parseArgs: { at: 0, key: 'options' },
  meow: { at: 1, key: 'flags' },
  defineCommand: { at: 0, key: 'args' },
};
const PLAIN_DEFAULTS: ReadonlySet<string> = new Set(['minimist', 'mri']);

function inTables(
  method: string,
  args: readonly Argument[],
  scope: Scope,
): readonly (readonly [string, DeclaredOption])[] {
  if (PLAIN_DEFAULTS.has(method)) {
    return propertiesOf(propertyOf(args[1]?.value, 'default')).flatMap(([name, value]) => pairOf(name, value, scope));
  }
  const table = Object.hasOwn(TABLES, method) ? TABLES[method] : undefined;
  if (table === undefined) return [];
  const written = args[table.at]?.value;
  return propertiesOf(table.key === null ? written : propertyOf(written, table.key)).map(([name, option]) => [
    name,
    fieldsOf(option, scope),
  ]);
}

function pairOf(
  name: string | null,
  byDefault: Expression | undefined,
  scope: Scope,
): readonly (readonly [string, DeclaredOption])[] {
  return name === null || byDefault === undefined ? [] : [[name, { scope, byDefault, choices: null }]];
}

/** `{ default: ..., choices: [...] }` */
function fieldsOf(option: Expression | undefined, scope: Scope): DeclaredOption {
  return { scope, byDefault: propertyOf(option, 'default') ?? null, choices: propertyOf(option, 'choices') ?? null };
}

/** `option('-m, --model <name>', 'text', 'default')`, `option('model', { default })`. */
function optionOfFlags(args: readonly Argument[], scope: Scope): readonly (readonly [string, DeclaredOption])[] {
  const name = camelName(textIn(args[0]?.value));
  if (name === null) return [];
  const table = args.slice(1).find(({ value }) => value.kind === 'object')?.value;
  return [[name, table ? fieldsOf(table, scope) : { scope, byDefault: args[2]?.value ?? null, choices: null }]];
}

/** `new Option('--model <name>').default('x').choices([...])`. */
function optionOfObject(written: Expression | undefined, scope: Scope): readonly (readonly [string, DeclaredOption])[] {
  let byDefault: Expression | null = null;
  let choices: Expression | null = null;
  let current = written;
  while (current?.kind === 'call' && current.callee.kind === 'member') {
    const first = current.arguments[0]?.value ?? null;
    if (current.callee.property === 'default') byDefault = first;
    if (current.callee.property === 'choices') choices = first;
    current = current.callee.object;
  }
  const name = current?.kind === 'call' ? camelName(textIn(current.arguments[0]?.value)) : null;
  return name === null ? [] : [[name, { scope, byDefault, choices }]];
}

/** `--llm-model` is `llm_model`; a positional argument has its own name. */
function pythonName(args: readonly Argument[]): string | null {
  const names = positionalTexts(args);
  const name = names.find((one) => one.startsWith('--')) ?? names[0] ?? '';
  return /^-{0,2}[a-z_][\w-]*$/i.test(name) ? name.replace(/^-+/, '').replaceAll('-', '_') : null;
}

/** `-m, --llm-model <name>` is `llmModel`. */
function camelName(flags: string | null): string | null {
  const name = /(?:^|[\s,|])--([a-z][\w-]*)/i.exec(flags ?? '')?.[1] ?? /^([a-z][\w-]*)$/i.exec(flags ?? '')?.[1];
  return name?.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) ?? null;
}

function positionalTexts(args: readonly Argument[]): readonly string[] {
  return args.flatMap(({ kind, value }) => (kind === 'positional' && value.kind === 'string' ? [value.value] : []));
}

function textIn(expression: Expression | null | undefined): string | null {
  return expression?.kind === 'string' ? expression.value : null;
}

function propertyOf(object: Expression | null | undefined, key: string): Expression | undefined {
  return propertiesOf(object).find(([name]) => name === key)?.[1];
}

function propertiesOf(object: Expression | null | undefined): readonly (readonly [string, Expression])[] {
  if (object?.kind !== 'object') return [];
  return object.entries.flatMap((entry) =>
    entry.kind === 'property' && typeof entry.key === 'string' ? [[entry.key, entry.value] as const] : [],
  );
}

function handlersIn(module: ModuleScope): readonly Span[] {
  return module.calls.flatMap(({ node: { callee, arguments: args } }) => {
    const method = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    if (!HANDLED_BY.has(method)) return [];
    return args
      .flatMap(({ value }) => functionsOf(value, module))
      .map(({ start, bodySpan }) => ({
        start,
        end: bodySpan.start,
      }));
  });
}

/** The functions that an argument hands over: itself, by name, or in a table (`{ run({ args }) {...} }`). */
function functionsOf(value: Expression, { root, scopes }: ModuleScope): readonly FunctionNode[] {
  if (value.kind === 'function') return [value];
  if (value.kind === 'object') {
    return propertiesOf(value).flatMap(([, one]) => (one.kind === 'function' ? [one] : []));
  }
  if (value.kind !== 'name' || !root.definitions.has(value.name)) return [];
  return [...scopes.keys()].filter((node) => node.kind === 'function' && node.name === value.name) as FunctionNode[];
}
