/** Text whose length nothing in the code limits, on its way into a prompt: a file, a page, rows of a table, a program's output. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Scope } from '../../evaluate/scopes/scope.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { Call, Expression, Name } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { nodesWithin } from '../../ir/walk.ts';
import type { Hop } from '../call.ts';
import { calleeName } from '../repetition.ts';
import { codeFact } from './fact.ts';
import { outermostFunction, type PromptSources, promptSources } from './prompt-sources.ts';

export interface UnboundedText {
  readonly kind: 'file' | 'page' | 'rows' | 'output';
  /** Where it is read. */
  readonly origin: Origin;
}

/** Null where nothing of the kind goes into the prompt, or where the code on its way there knows about its length. */
export const unboundedText = codeFact('unboundedText', (source): UnboundedText | null => {
  const { call, referenced, evaluator } = source;
  if (call.family !== 'text' || referenced !== null) return null;
  for (const sources of promptSources(source, (scope) => !limitsText(scope))) {
    const { path, text } = sources.scope.module.loaded;
    for (const expression of sources.expressions) {
      const kind = kindOf(expression, sources, text);
      if (kind === null) continue;
      if (call.via.some((hop) => limitsOnTheWay(hop, evaluator))) return null;
      return { kind, origin: { path, start: expression.start, end: expression.end } };
    }
  }
  return null;
});

/** True if a function between the call and the request knows about the length of texts. */
function limitsOnTheWay({ origin, function: name }: Hop, evaluator: Evaluator): boolean {
  const module = evaluator.module(origin.path);
  const scope = [...(module?.scopes.values() ?? [])].find(({ qualifiedName }) => qualifiedName === name);
  return scope !== undefined && limitsText(scope);
}

/** Signs that the code measures, cuts or splits a text. A limit on the answer is none. */
const LIMITING =
  /\[\s*-?[\w.]*\s*:\s*-?\w+\s*\]|\.slice\(|substring|substr\(|truncat|shorten|max_?(?:chars?|characters|length|len|size|bytes|lines|words|input|context|prompt|doc)|chunk|split_?text|splitter|token_?(?:limit|count|budget)|count_?tokens|num_?tokens|tiktoken|\.length\s*[<>]|len\([^()]*\)\s*[<>]|\.size\s*[<>]|st_size|getsize/i;

const limited = new WeakMap<object, boolean>();

function limitsText(scope: Scope): boolean {
  const around = outermostFunction(scope);
  const key = around ?? scope.module;
  const { text } = scope.module.loaded;
  const isLimited = limited.get(key) ?? LIMITING.test(around === null ? text : text.slice(around.start, around.end));
  limited.set(key, isLimited);
  return isLimited;
}

const READS_FILE = /^(?:read_text|readFile|readFileSync|readlines|aread_text)$/;
/** Functions that give the text of a page or a document, in modules that import a library of such functions. */
const READS_PAGE =
  /^(?:get_text|getText|inner_text|innerText|innerHTML|extract_text|extractText|extractRawText|export_to_markdown|load_page_text)$/;
const PAGE_LIBRARIES =
  /bs4|beautifulsoup|fitz|pymupdf|pdf|playwright|puppeteer|selenium|cheerio|jsdom|mammoth|docx|docling|unstructured|lxml|readability|trafilatura/i;
const FETCHES = /^(?:fetch|urlopen)$/;
/** Many objects have a `get`: it only counts on what makes requests. */
const REQUESTS = /^(?:get|post|request)$/;
const MAKES_REQUESTS = /(?:^|[._])(?:requests|httpx|aiohttp|axios|got|ky|superagent|https?)$|session$|http_?client$/i;
const READS_ROWS = /^(?:fetchall|findMany)$/;
/** Tables as text, in modules that import a library of tables: many a class has a method by such a name. */
const READS_TABLE = /^to_(?:string|markdown|csv|json)$/;
const TABLE_LIBRARIES = /^\s*(?:import|from)\s+(?:pandas|polars|duckdb|pyarrow|geopandas|modin|dask)\b/m;
const RUNS = /^(?:check_output|execSync|getoutput)$/;
/** Paths of what belongs to the project: prompts, templates and instructions, whose length its authors know. */
const OWN_FILE =
  /prompt|template|instruct|system|skill|schema|config|example|__file__|__dirname|import\.meta|resources?\b|assets?\b/i;
const TAKES_PART = /\b(?:take|limit|first|head|nrows|max_rows|fields|page|n)\b\s*[:=(]/;

function kindOf(node: Expression, sources: PromptSources, text: string): UnboundedText['kind'] | null {
  if (node.kind === 'member') {
    if (/^(?:text|content|body)$/.test(node.property) && comesFrom(node.object, isFetch, sources)) return 'page';
    return node.property === 'stdout' && comesFrom(node.object, isRun, sources) ? 'output' : null;
  }
  if (node.kind !== 'call') return null;
  const name = calleeName(node.callee);
  const code = text.slice(node.start, node.end);
  if (READS_FILE.test(name)) return isOwn(node, sources, text) ? null : 'file';
  if (name === 'read' && node.callee.kind === 'member' && comesFrom(node.callee.object, isOpen, sources)) {
    return isOwn(node.callee.object, sources, text) ? null : 'file';
  }
  if (name === 'text' && node.callee.kind === 'member' && comesFrom(node.callee.object, isFetch, sources))
    return 'page';
  if (READS_PAGE.test(name)) return PAGE_LIBRARIES.test(text) ? 'page' : null;
  if (READS_ROWS.test(name) || (READS_TABLE.test(name) && TABLE_LIBRARIES.test(text)))
    return TAKES_PART.test(code) ? null : 'rows';
  return RUNS.test(name) && /diff|log|show/.test(code) ? 'output' : null;
}

/** True if the value is what such a call gives, at the place or through a name. */
function comesFrom(node: Expression, isWanted: (call: Call) => boolean, { given }: PromptSources): boolean {
  const path = dottedPath(node);
  const values = path === null ? [node] : given(path);
  return values.some((value) => value.kind === 'call' && isWanted(value));
}

/** True for a file that is opened as text. Images and PDFs are not text, although they cost tokens too. */
function isOpen({ callee, arguments: args }: Call): boolean {
  const isBinary = args.some(({ value }) => value.kind === 'string' && /^[rwa+]*b[rwa+]*$/.test(value.value));
  return /^(?:open|fdopen|aopen)$/.test(calleeName(callee)) && !isBinary;
}

function isRun({ callee }: Call): boolean {
  return /^(?:run|execa|exec)$/.test(calleeName(callee));
}

function isFetch({ callee }: Call): boolean {
  const name = calleeName(callee);
  if (FETCHES.test(name)) return true;
  const object = callee.kind === 'member' ? dottedPath(callee.object) : null;
  return object !== null && REQUESTS.test(name) && MAKES_REQUESTS.test(object);
}

/** A file's name, written in the code: its authors know what is in it. */
const NAMED_FILE = /["'`][^"'`\n]*\.[a-z]{2,5}["'`]/i;

/** True if the path is written in the code, ends in a name that is, or names what belongs to the project. */
function isOwn(node: Expression, { given }: PromptSources, text: string): boolean {
  const opened = node.kind === 'name' ? given(node.name) : [node];
  return opened.some((one) => {
    const path = one.kind === 'call' ? pathOf(one) : one;
    const names = namesIn(path);
    const known = [...names, dottedPath(path) ?? ''].flatMap(given);
    const code = [path, ...known].map(({ start, end }) => text.slice(start, end));
    return names.length === 0 || code.some((part) => OWN_FILE.test(part) || NAMED_FILE.test(part));
  });
}

/** What is opened or read: `path` in `open(path)`, `path.read_text()` and `fs.readFile(path)`. */
function pathOf({ callee, arguments: args }: Call): Expression {
  const [first] = args;
  if (callee.kind === 'member' && (callee.property === 'read_text' || first === undefined)) return callee.object;
  return first?.value ?? callee;
}

/** The names in a path, without those of the functions that join it. */
function namesIn(path: Expression): readonly string[] {
  const nodes = nodesWithin(path);
  const callees = nodes.flatMap((node) => (node.kind === 'call' ? [(node as Call).callee] : []));
  const roots = new Set(callees.map(({ start }) => start));
  return nodes.flatMap((node) => (node.kind === 'name' && !roots.has(node.start) ? [(node as Name).name] : []));
}
