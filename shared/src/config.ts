/**
 * Reads `farthing.config.json` (JSON with comments). Broken input is data: an invalid value gives one problem with its
 * line, and its default applies. Import this file only if a configuration exists; `config-defaults.ts` needs no
 * library.
 */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type * as z from 'zod/mini';
import {
  type Config,
  DEFAULT_CONFIG,
  type DeclaredModel,
  type OutputDefault,
  UNSTATED_OUTPUT,
} from './config-defaults.ts';
import { toPolicy } from './config-parts/policy-schema.ts';
import type { ConfigProblem } from './config-problem.ts';
import { configSchema, ENTRY_KEYS } from './config-schema.ts';
import { nearest } from './nearest.ts';
import type { Severity } from './vocabulary.ts';
import { parseVolume } from './volume.ts';

export { unknownModels } from './config-models.ts';
export type { ConfigProblem } from './config-problem.ts';
export { configJsonSchema, type RuleDescription } from './config-schema.ts';

export interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  /** False if the text is not JSON at all: nothing of it was used. */
  readonly isReadable: boolean;
}

type Path = readonly (string | number)[];

/** The maximum number of validation rounds for a file full of invalid values; each round removes at least one. */
const MAXIMUM_ROUNDS = 100;
/** Invalid values that are listed: each is looked up in the text, and nobody reads more. */
const MAX_PROBLEMS = 100;

/**
 * @param text the file's content
 * @param path how problems refer to it
 * @param rules default severities by rule id; if given, an unknown rule is a problem
 */
export function parseConfig(
  text: string,
  path: string,
  rules?: Readonly<Record<string, Severity | 'off'>>,
): ParsedConfig {
  const source = text.replace(/^\uFEFF/, '');
  const lineAt = (offset: number): number => countLines(source, offset);
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { allowTrailingComma: true });
  if (tree === undefined || errors.length > 0) {
    const [first] = errors;
    const problem = first === undefined ? 'it is empty' : words(printParseErrorCode(first.error));
    const message = `not read: ${problem}. It was ignored.`;
    return {
      config: DEFAULT_CONFIG,
      problems: [{ path, line: lineAt(first?.offset ?? 0), message }],
      isReadable: false,
    };
  }

  const problems: ConfigProblem[] = [];
  let unlisted = 0;
  const report = (at: Path, describe: () => string): void => {
    if (problems.length >= MAX_PROBLEMS) {
      unlisted++;
      return;
    }
    const name = at.length === 0 ? '' : `${formatPath(at)}: `;
    problems.push({
      path,
      line: lineAt(offsetOf(tree, at)),
      message: `${name}${describe()} ${consequence(at, rules)}`,
    });
  };
  const value: unknown = getNodeValue(tree);
  for (const at of prototypeKeys(value)) {
    report(at, () => 'this name cannot be used: JavaScript gives it a meaning of its own.');
    remove(value, at);
  }
  let result = configSchema.safeParse(value);
  for (const issue of result.error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) report([...pathOf(issue), key], () => unknownKey(key, knownKeys(pathOf(issue))));
    } else report(pathOf(issue), () => issue.message);
  }
  // Removes invalid values, and then whatever a removal leaves incomplete, until the rest is valid.
  for (let round = 0; !result.success && round < MAXIMUM_ROUNDS; round++) {
    for (const issue of result.error.issues) {
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) remove(value, [...pathOf(issue), key]);
      else remove(value, pathOf(issue));
    }
    compact(value);
    result = configSchema.safeParse(value);
  }
  if (!result.success) return { config: DEFAULT_CONFIG, problems, isReadable: true };
  const severities = { ...result.data.rules };
  for (const id of Object.keys(severities)) {
    if (rules === undefined || Object.hasOwn(rules, id)) continue;
    delete severities[id];
    report(['rules', id], () => unknownKey(id, Object.keys(rules)).replace('key', 'rule'));
  }
  problems.sort((a, b) => a.line - b.line);
  if (unlisted > 0)
    problems.push({ path, line: 1, message: `and ${unlisted} more invalid values, which are left out.` });
  return { config: toConfig(result.data, severities), problems, isReadable: true };
}

/** Where the file has a key `__proto__`, which the validation passes over in silence. */
function prototypeKeys(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return key === '__proto__' ? [path] : prototypeKeys(inner, path);
  });
}

function toConfig(data: z.infer<typeof configSchema>, rules: Config['rules']): Config {
  return {
    extends: data.extends ?? DEFAULT_CONFIG.extends,
    rules,
    ignore: data.ignore ?? [],
    volumes: (data.volumes ?? []).map((volume) => ({
      ...volume,
      callsPerMonth: parseVolume(volume.callsPerMonth) ?? 0,
    })),
    models: (data.models ?? []).map(({ model, ...selector }) => ({ ...selector, models: declaredModels(model) })),
    prices: data.prices ?? [],
    discounts: data.discounts ?? [],
    deployments: data.deployments ?? {},
    priceTable: data.priceTable ?? null,
    baseUrls: data.baseUrls ?? {},
    output:
      data.output === undefined
        ? null
        : {
            low: data.output.low ?? UNSTATED_OUTPUT.low,
            expected: data.output.expected ?? UNSTATED_OUTPUT.expected,
            high: data.output.high ?? UNSTATED_OUTPUT.high,
          },
    policy: data.policy === undefined ? null : toPolicy(data.policy),
    currency: data.currency === undefined ? null : { ...data.currency, asOf: data.currency.asOf ?? null },
  };
}

function declaredModels(
  model: string | readonly string[] | Readonly<Record<string, number>>,
): readonly DeclaredModel[] {
  if (typeof model === 'string') return [{ name: model, share: 1 }];
  if (isList(model)) return [...new Set(model)].map((name) => ({ name, share: null }));
  return Object.entries(model).map(([name, share]) => ({ name, share }));
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** What holds instead of a wrong value. */
function consequence(path: Path, rules: Readonly<Record<string, Severity | 'off'>> | undefined): string {
  const [section, name] = path;
  // Keys such as `constructor` are an object's own without being in it.
  const isRule = section === 'rules' && typeof name === 'string' && rules !== undefined && Object.hasOwn(rules, name);
  if (isRule) return `The default (${rules[name]}) is used.`;
  if (section === 'output' && typeof name === 'string' && Object.hasOwn(UNSTATED_OUTPUT, name)) {
    return `The default (${UNSTATED_OUTPUT[name as keyof OutputDefault]}) is used.`;
  }
  if (path.length > 1) return 'This entry is left out.';
  return path.length === 0 ? 'The defaults are used.' : 'It is left out.';
}

/** The keys that are allowed at a path: of the file itself, of an entry of a list, or of a section. */
function knownKeys(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(DEFAULT_CONFIG);
  return ENTRY_KEYS[path.filter((step) => typeof step === 'string').join('.')] ?? [];
}

function unknownKey(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  const advice = guess === null ? `Use ${known.map((name) => `"${name}"`).join(', ')}.` : `Did you mean "${guess}"?`;
  return `unknown key. ${advice}`;
}

function pathOf(issue: { readonly path: readonly PropertyKey[] }): Path {
  return issue.path.filter((step) => typeof step !== 'symbol');
}

/**
 * Removes the value at a path, or, if something is missing there, the object it is missing from. In a list it leaves a
 * hole, so that other paths of the same round stay valid.
 */
function remove(root: unknown, path: Path): void {
  let parent: unknown = root;
  for (const step of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null) return;
    parent = Reflect.get(parent, step);
  }
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null) return;
  if (last === undefined) for (const key of Object.keys(parent)) Reflect.deleteProperty(parent, key);
  else if (Object.hasOwn(parent, last)) Reflect.deleteProperty(parent, last);
  else remove(root, path.slice(0, -1));
}

/** Closes the holes that removals left in the lists of the file and of its sections. */
function compact(root: unknown): void {
  if (typeof root !== 'object' || root === null) return;
  for (const [key, value] of Object.entries(root)) {
    const whole = Array.isArray(value) ? value.filter((entry) => entry !== undefined) : value;
    if (whole !== value) Reflect.set(root, key, whole);
    compact(whole);
  }
}

/** The start of the value at a path, or of its key, or of the nearest existing part of the path. */
function offsetOf(tree: Node, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

function countLines(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** `CloseBraceExpected` as `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
