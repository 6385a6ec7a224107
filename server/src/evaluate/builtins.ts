/**
 * Functions of the languages' own libraries whose results the evaluator knows. Keyed by dotted name as
 * `calledName` gives it; globals stand without a module.
 */

import type { DataFormat } from '../files/settings/data-text.ts';
import type { Origin } from '../ir/origin.ts';
import { isDataPath, PARSERS, parsedData } from './defaults/data-files.ts';
import type { Evaluator } from './evaluator.ts';
import {
  alternativesOf,
  array,
  concatenate,
  GLOBAL,
  listed,
  literalText,
  mergeInto,
  NULL,
  OPAQUE,
  object,
  oneOf,
  segmentsOf,
  text,
  unknown,
  withHint,
} from './lattice.ts';
import { ADDRESS_JOINERS, TRANSPARENT_NAMES } from './libraries/transparent.ts';
import { listOf, someItem } from './lists/collections.ts';
import { sourcesOf } from './sources.ts';
import { filledTemplate } from './templates/fill.ts';
import type { CallArguments, ExternalValue, Value } from './values.ts';

type Builtin = (args: CallArguments, origin: Origin, evaluator: Evaluator) => Value | null;

const first: Builtin = (args) => args.positional[0] ?? null;
const second: Builtin = (args) => args.positional[1] ?? null;
const volatile: Builtin = (_args, origin) => unknown('volatile', null, origin);
const environment: Builtin = (args, origin) =>
  variable(literalText(args.positional[0]), given(args.positional[1] ?? args.named.get('default')?.value), origin);

function variable(name: string | null, fallback: Value | null, origin: Origin): Value {
  const value = unknown('environment', fallback, origin);
  return name === null ? value : { ...value, variable: name };
}

/** The default of a field of a dataclass, a model or settings. */
const field: Builtin = (args, origin, evaluator) => {
  const factory = args.named.get('default_factory')?.value;
  const made = factory?.kind === 'function' ? evaluator.invokeWith(factory, []) : null;
  const byDefault = made ?? given(args.named.get('default')?.value ?? args.positional[0]);
  const alias = literalText(args.named.get('env')?.value ?? args.named.get('validation_alias')?.value);
  return alias === null ? (byDefault ?? NULL) : variable(alias, byDefault, origin);
};

function given(value: Value | undefined): Value | null {
  return value && value.kind !== 'null' ? value : null;
}

const mergeAll: Builtin = (args, origin) => {
  let positional = object([], origin);
  for (const value of args.positional) positional = mergeInto(positional, value);
  return mergeInto(positional, { kind: 'object', entries: args.named, open: args.open, origin });
};

/** `getattr(module, name)`: what is picked by a name that is not known is not known itself. */
const attribute: Builtin = ({ positional: [target, key, fallback] }, origin, evaluator) => {
  const name = literalText(key);
  if (target === undefined || key === undefined) return null;
  if (name === null) return unknown('opaque', null, origin);
  const value = evaluator.member(target, name, origin);
  return value.kind === 'unknown' && value.hint === null && fallback ? withHint(value, given(fallback)) : value;
};

/** A module that is imported by its name. Of a name that only the run knows, not even a package is known. */
const moduleByName: Builtin = ({ positional: [name], path }, origin, evaluator) => {
  const specifier = literalText(name);
  return specifier === null ? unknown('opaque', null, origin) : evaluator.importModule(path, specifier, origin);
};

const gather: Builtin = (args, origin) => ({ kind: 'array', items: args.positional, open: args.open, origin });

/** `enumerate(list)`: each item with its number, which is not followed. */
const numbered: Builtin = ({ positional: [list] }, origin) => {
  if (list?.kind !== 'array') return list ?? null;
  const pair = (item: Value): Value => array([OPAQUE, item], [], origin);
  const others = list.open.length > 0 ? [pair(someItem(array([], list.open), origin))] : [];
  return array(list.items.map(pair), others, origin);
};

/** `zip(a, b)`: of lists that are known their items side by side, else any of one beside any of the other. */
const zipped: Builtin = ({ positional: lists }, origin) => {
  if (!lists.some((list) => list.kind === 'array')) return null;
  const tuple = (itemOf: (list: Value) => Value): Value => array(lists.map(itemOf), [], origin);
  if (lists.every((list) => list.kind === 'array' && list.open.length === 0)) {
    const known = lists.flatMap((list) => (list.kind === 'array' ? [list.items] : []));
    const length = Math.min(...known.map((items) => items.length));
    return array(
      Array.from({ length }, (_, index) => array(known.map((items) => items[index] ?? OPAQUE))),
      [],
      origin,
    );
  }
  const any = tuple((list) =>
    list.kind === 'array' ? someItem(list, origin) : unknown('item', null, origin, () => sourcesOf(list)),
  );
  return array([], [any], origin);
};

/** The keys, values or pairs of an object, as a list. */
const partsOf =
  (part: (key: string, value: Value) => Value): Builtin =>
  ({ positional: [target] }, origin) => {
    if (target === undefined) return null;
    const objects = alternativesOf(target).filter((one) => one.kind === 'object');
    const lists = objects.map((one) => listOf(one, part, origin));
    if (lists.length === 0) return null;
    if (lists.length === alternativesOf(target).length) return oneOf(lists);
    // What is not known may have other parts.
    return array(
      lists.flatMap(({ items }) => items),
      [unknown('opaque', null, origin)],
      origin,
    );
  };
const keysOf = partsOf((key) => text(key));
const valuesOf = partsOf((_, value) => value);
const pairsOf = partsOf((key, value) => array([text(key), value]));

/** A key with its value, or with the values of several pairs that have the same key. */
function pairIn(pair: Value): readonly [string, Value] | null {
  const found = alternativesOf(pair).map((one) => {
    const [key, value] = one.kind === 'array' && one.open.length === 0 ? one.items : [];
    const name = literalText(key);
    return name === null || value === undefined ? null : ([name, value] as const);
  });
  const [first] = found;
  if (!first || found.some((one) => one?.[0] !== first[0])) return null;
  return [first[0], oneOf(found.flatMap((one) => (one === null ? [] : [one[1]])))];
}

/** `Object.fromEntries(pairs)`. */
const fromPairs: Builtin = ({ positional: [pairs] }, origin) => {
  if (pairs?.kind !== 'array') return null;
  const entries = pairs.items.map(pairIn);
  return entries.some((entry) => entry === null)
    ? null
    : {
        ...object(
          entries.flatMap((entry) => (entry === null ? [] : [entry])),
          origin,
        ),
        open: pairs.open,
      };
};

/** `new Map(pairs)`: what is put in later is not known. */
const mapOf: Builtin = (args, origin, evaluator) =>
  unknown('configuration', fromPairs(args, origin, evaluator), origin);

const joinPath: Builtin = (args, origin) => {
  const parts = args.positional.map(literalText);
  return parts.every((part) => part !== null) ? text(parts.join('/'), origin) : null;
};

const SLASH = text('/').segments;

/** A slash stands between two parts, however they are written. */
const joinAddress: Builtin = ({ positional: parts }, origin) =>
  concatenate(
    parts.flatMap((part, index) => {
      const written = literalText(part);
      if (written === null) return index === 0 ? [segmentsOf(part, origin)] : [SLASH, segmentsOf(part, origin)];
      const end = written.replace(/\/+$/, '');
      return index === 0 ? [text(end).segments] : [SLASH, text(end.replace(/^\/+/, '')).segments];
    }),
    origin,
  );

const directory: Builtin = (args, origin) => {
  const path = literalText(args.positional[0]);
  return path === null ? null : text(path.replace(/\/[^/]*$/, ''), origin);
};

/** Of a text that is parsed as data, or of the file that it names. */
const parsedAs =
  (format: DataFormat): Builtin =>
  ({ positional: [given] }, origin, evaluator) =>
    parsedData(isDataPath(given) ? readTextFile(evaluator, given, origin) : given, format, origin);

/** What a page shows before anybody chooses: one of a list, or a text. */
const chosenInPage: Builtin = ({ positional, named }, origin) => {
  const options = named.get('options')?.value ?? positional[1];
  if (options?.kind !== 'array' || options.items.length === 0) return unknown('request', null, origin);
  return listed([...options.items, ...options.open], origin);
};
const typedInPage: Builtin = ({ positional, named }, origin) =>
  unknown('request', given(named.get('value')?.value ?? positional[1]), origin);

/** `const [model, setModel] = useState('gpt-6-sol')`. */
const componentState: Builtin = ({ positional: [initial] }, origin) =>
  array([unknown('request', given(initial), origin), OPAQUE]);

const readFile: Builtin = (args, origin, evaluator) => readTextFile(evaluator, args.positional[0], origin);

/** Names of more than one module that do the same. */
const same = (names: readonly string[], builtin: Builtin) => names.map((name) => [name, builtin] as const);

/** The fields of Streamlit's pages, in its side bar too. */
const inPage = (names: readonly string[], builtin: Builtin) =>
  same(
    names.flatMap((name) => [`streamlit.${name}`, `streamlit.sidebar.${name}`]),
    builtin,
  );

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...same(
    [
      'JSON.stringify',
      'Promise.all',
      'Promise.allSettled',
      'json.dumps',
      'orjson.dumps',
      'ujson.dumps',
      'str',
      'String',
      'bytes',
      'dedent.default',
      'dedent',
      'ts-dedent.dedent',
      'textwrap.dedent',
      'inspect.cleandoc',
      'Promise.resolve',
      'structuredClone',
      'copy.deepcopy',
      'copy.copy',
      'Object.freeze',
      'Object.seal',
      'list',
      'tuple',
      'set',
      'Set',
      'Array.from',
      'Buffer.from',
      'int',
      'Number',
      'parseInt',
      'float',
      'iter',
      'asyncio.run',
      'pathlib.Path',
      'Path',
      'open',
      'io.open',
      'Bun.file',
      'path.resolve',
      'os.path.abspath',
      'os.path.realpath',
      'os.path.normpath',
      'os.path.expanduser',
      'asgiref.sync.sync_to_async',
      'pydantic.SecretStr',
      'functools.cache',
      'functools.lru_cache',
      'react.cache',
      'aiofiles.open',
      'url.fileURLToPath',
      'html.escape',
      'String.raw',
      'reversed',
      'sorted',
      'tqdm.tqdm',
      'tqdm',
    ],
    first,
  ),
  ['asyncio.gather', gather],
  ['enumerate', numbered],
  ['zip', zipped],
  ['Object.keys', keysOf],
  ['Object.values', valuesOf],
  ['Object.entries', pairsOf],
  ['Object.fromEntries', fromPairs],
  ['Map', mapOf],
  ['getattr', attribute],
  ['importlib.import_module', moduleByName],
  ...same(['pydantic.Field', 'pydantic.fields.Field', 'dataclasses.field', 'sqlmodel.Field'], field),
  ...same(['typing.cast', 'cast'], second),
  ...same(
    ['os.getenv', 'getenv', 'os.environ.get', 'Deno.env.get', 'decouple.config', 'streamlit.secrets.get'],
    environment,
  ),
  ...same(
    [
      'Date',
      'Date.now',
      'datetime.now',
      'datetime.utcnow',
      'datetime.today',
      'datetime.datetime.now',
      'datetime.datetime.utcnow',
      'datetime.datetime.today',
      'datetime.date.today',
      'date.today',
      'time.time',
      'time.time_ns',
      'time.strftime',
      'time.ctime',
      'uuid.uuid4',
      'uuid.uuid1',
      'uuid.v4',
      'uuid',
      'crypto.randomUUID',
      'randomUUID',
      'nanoid.nanoid',
      'Math.random',
      'random.random',
      'random.choice',
      'random.choices',
      'random.randint',
      'random.sample',
      'random.uniform',
      'secrets.token_hex',
      'performance.now',
      'dayjs.default',
      'moment.default',
      'ulid.ulid',
      'django.utils.timezone.now',
      'pendulum.now',
      'crypto.randomBytes',
      '@paralleldrive/cuid2.createId',
    ],
    volatile,
  ),
  ...same(['dict', 'Object.assign', 'collections.OrderedDict', 'types.SimpleNamespace'], mergeAll),
  ...Object.entries(PARSERS).flatMap(([format, names]) => same(names, parsedAs(format as DataFormat))),
  ...inPage(['selectbox', 'radio', 'select_slider', 'pills', 'segmented_control'], chosenInPage),
  ...inPage(['text_input'], typedInPage),
  ['react.useState', componentState],
  ...same(['vars'], first),
  ...same(['path.join', 'os.path.join', 'posixpath.join', 'path.posix.join'], joinPath),
  ...same(ADDRESS_JOINERS, joinAddress),
  ...same(TRANSPARENT_NAMES, first),
  ...same(['path.dirname', 'os.path.dirname'], directory),
  ...same(
    [
      'fs.readFileSync',
      'fs.promises.readFile',
      'fs/promises.readFile',
      'fs.readFile',
      'Deno.readTextFile',
      'Deno.readTextFileSync',
      'fs-extra.readFile',
      'fs-extra.readFileSync',
    ],
    readFile,
  ),
]);

/** `fs.readFileSync` for a trail of members from a module; null if it contains a call. */
function dottedName(value: ExternalValue): string | null {
  const names: string[] = [];
  for (const step of value.steps) {
    if (step.kind === 'call') return null;
    names.push(step.name);
  }
  const module = value.module.replace(/^node:/, '');
  if (value.module === GLOBAL) return names.join('.');
  // `import fs from "fs"` reads the module's default export, which is the module.
  if (names.length > 1 && names[0] === 'default') names.shift();
  return names.length === 0 ? module : `${module}.${names.join('.')}`;
}

export function callBuiltin(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: CallArguments,
  origin: Origin,
): Value | null {
  const name = dottedName(callee);
  const result = name === null ? null : (BUILTINS.get(name)?.(args, origin, evaluator) ?? null);
  return result ?? filledTemplate(evaluator, callee, args, origin);
}

const ENVIRONMENTS: ReadonlySet<string> = new Set([
  'process.env',
  'process.process.env',
  'import.meta.env',
  'os.environ',
  'streamlit.secrets',
]);

/** `process.env.X`, `os.environ["X"]`, `import.meta.env.X`, `__file__`. */
export function environmentValue(value: ExternalValue, name: string, origin: Origin): Value | null {
  const object = dottedName(value);
  if (object !== null && ENVIRONMENTS.has(object)) {
    // Members of the mapping itself are not variables.
    return name === 'get' || name === 'setdefault' || name === 'items' || name === 'copy'
      ? null
      : variable(name, null, origin);
  }
  return null;
}

/** Globals that name the module itself. */
export function moduleGlobal(name: string, path: string, origin: Origin): Value | null {
  if (name === '__file__' || name === '__filename') return text(path, origin);
  if (name === '__dirname') return text(path.replace(/\/[^/]*$/, ''), origin);
  return null;
}

/** How many folders above the module a relative path is tried in: programs run from their root. */
const MAX_PARENTS = 5;

/** Files that a program attaches rather than puts into its words. */
const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|bmp|svgz|ico|pdf|mp[34]|m4a|wav|ogg|flac|webm|mov|avi|zip|gz|tar|docx?|xlsx?|pptx?|parquet|pkl|npy|bin|onnx|pt)$/i;

/** The text of a file that is named by a literal path. */
export function readTextFile(evaluator: Evaluator, path: Value | undefined, origin: Origin): Value | null {
  const name = literalText(path);
  if (name === null || name === '' || NO_TEXT.test(name)) return null;
  let folder = origin.path.replace(/\/[^/]*$/, '');
  const isAbsolute = name.startsWith('/');
  for (let level = 0; level <= MAX_PARENTS; level++) {
    const candidate = isAbsolute ? name : `${folder}/${name}`;
    const content = evaluator.host.readText(normalise(candidate));
    if (content !== null) return text(content, origin);
    if (isAbsolute || !folder.includes('/')) return null;
    folder = folder.replace(/\/[^/]*$/, '');
  }
  return null;
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
