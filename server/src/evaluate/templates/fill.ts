/** Texts that a template engine fills: what is literal in a template stays known, and each of its fields is a hole. */
import type { Origin } from '../../ir/origin.ts';
import type { Evaluator } from '../evaluator.ts';
import { alternativesOf, concatenate, mapAlternatives, segmentsOf, text, unknown } from '../lattice.ts';
import { sourcesOfArguments } from '../sources.ts';
import type { CallArguments, CallStep, ExternalValue, Segment, Step, TextValue, Value } from '../values.ts';
import { templateFile } from './file.ts';

interface Engine {
  /** The package, or the one that its parts begin with. */
  readonly module: RegExp;
  /** What takes the template's text. */
  readonly makers: ReadonlySet<string>;
  /** What takes the name of the template's file. */
  readonly loaders?: ReadonlySet<string>;
  /** Methods of the template that fill it; none where the template itself is called. */
  readonly fills: ReadonlySet<string>;
  /** A field's expression is the first group; what matches without one leaves no text. */
  readonly field: RegExp;
}

/** `{{ name }}`; `{% if name %}` and `{# note #}` leave nothing. */
const DOUBLE_BRACES = /\{\{[-~]?\s*(.*?)\s*[-~]?\}\}|\{%.*?%\}|\{#.*?#\}/gs;
/** `{% include "rules.j2" %}`: the other template's text stands here. */
const INCLUSION = /^\{%[-+]?\s*(?:include|extends)\s+(?:(["'])([^"']+)\1)?/;
const MAX_INCLUSIONS = 5;
/** `{{name}}`, `{{{name}}}`; `{{#each names}}` and `{{! note }}` leave nothing. */
const MUSTACHES = /\{\{\{?\s*(?![#/!^>~]|else\b)([^{}]*?)\s*\}?\}\}|\{\{[^{}]*\}\}/g;
const DOLLARS = /\$\{?([A-Za-z_]\w*)\}?/g;
const SINGLE_BRACES = /\{([A-Za-z_][\w.]*)\}/g;

const ENGINES: readonly Engine[] = [
  {
    module: /^jinja2$/,
    makers: new Set(['Template', 'from_string']),
    loaders: new Set(['get_template', 'select_template']),
    fills: new Set(['render', 'render_async']),
    field: DOUBLE_BRACES,
  },
  {
    module: /^string$/,
    makers: new Set(['Template']),
    fills: new Set(['substitute', 'safe_substitute']),
    field: DOLLARS,
  },
  {
    module: /^(?:@langchain\/core|langchain(?:_core)?)\b/,
    makers: new Set(['PromptTemplate', 'PromptTemplate.from_template', 'PromptTemplate.fromTemplate']),
    fills: new Set(['format']),
    field: SINGLE_BRACES,
  },
  { module: /^handlebars$/, makers: new Set(['compile']), fills: new Set(), field: MUSTACHES },
  {
    module: /^nunjucks$/,
    makers: new Set(['compile']),
    loaders: new Set(['getTemplate']),
    fills: new Set(['render']),
    field: DOUBLE_BRACES,
  },
];

/** Functions that take the template and what fills it at once. */
const AT_ONCE: readonly (readonly [string, string, RegExp])[] = [
  ['mustache', 'render', MUSTACHES],
  ['nunjucks', 'renderString', DOUBLE_BRACES],
];

/** Methods of an environment that take the name of a template's file and what fills it at once. */
const FILES_AT_ONCE: readonly (readonly [string, ReadonlySet<string>, RegExp])[] = [
  ['nunjucks', new Set(['render']), DOUBLE_BRACES],
];

/** What calling `callee` gives if that fills a template whose text is known; null for any other call. */
export function filledTemplate(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: CallArguments,
  origin: Origin,
): Value | null {
  const { steps, module } = callee;
  const last = steps.at(-1);
  if (last?.kind !== 'call' && last?.kind !== 'member') return null;
  const method = last.kind === 'member' ? last.name : null;
  const load =
    (environment: readonly Step[]): Load =>
    (name) =>
      templateFile(evaluator, name, environment, origin);
  for (const [name, member, field] of AT_ONCE) {
    if (module === name && method === member) {
      const filling = { args, object: args.positional[1], load: load(steps.slice(0, -1)) };
      return fill(args.positional[0], field, filling, origin);
    }
  }
  for (const engine of ENGINES) {
    if (!engine.module.test(module)) continue;
    const made = engine.fills.size === 0 ? steps : steps.slice(0, -1);
    if (engine.fills.size > 0 && !(method !== null && engine.fills.has(method))) continue;
    const call = made.at(-1);
    if (call?.kind !== 'call') continue;
    const filling = { args, object: args.positional[0], load: load(made.slice(0, -2)) };
    if (isMaker(made.slice(0, -1), engine)) return fill(templateIn(call), engine.field, filling, origin);
    const loader = made.at(-2);
    if (loader?.kind !== 'member' || !engine.loaders?.has(loader.name)) continue;
    return fill(filling.load(templateIn(call)) ?? undefined, engine.field, filling, origin);
  }
  for (const [name, methods, field] of FILES_AT_ONCE) {
    if (module !== name || method === null || !methods.has(method)) continue;
    const filling = { args, object: args.positional[1], load: load(steps.slice(0, -1)) };
    return fill(filling.load(args.positional[0]) ?? undefined, field, filling, origin);
  }
  return null;
}

function isMaker(steps: ExternalValue['steps'], { makers }: Engine): boolean {
  const [before, last] = [steps.at(-2), steps.at(-1)];
  if (last?.kind !== 'member') return false;
  return makers.has(last.name) || (before?.kind === 'member' && makers.has(`${before.name}.${last.name}`));
}

function templateIn({ args }: CallStep): Value | undefined {
  return (
    args?.named.get('template')?.value ??
    args?.named.get('source')?.value ??
    args?.named.get('name')?.value ??
    args?.positional[0]
  );
}

/** The text of another template, by its name; null if it is not known. */
type Load = (name: Value | undefined) => Value | null;

/** What fills a template: named arguments, or an object. */
interface Filling {
  readonly args: CallArguments;
  readonly object: Value | undefined;
  readonly load: Load;
}

function fill(template: Value | undefined, field: RegExp, filling: Filling, origin: Origin): Value | null {
  if (template === undefined || !alternativesOf(template).every(({ kind }) => kind === 'text')) return null;
  return mapAlternatives(template, (one) => (one.kind === 'text' ? filledText(one, field, filling, origin) : one));
}

function filledText({ segments }: TextValue, field: RegExp, filling: Filling, origin: Origin, depth = 0): TextValue {
  const parts = segments.map((segment) => (segment.kind === 'hole' ? [segment] : filledLiteral(segment, field)));
  return concatenate(parts, origin);

  function filledLiteral(segment: Extract<Segment, { kind: 'literal' }>, pattern: RegExp): readonly Segment[] {
    const found: Segment[] = [];
    let end = 0;
    const literal = (part: string): void => {
      if (part !== '') found.push({ kind: 'literal', text: part, origin: segment.origin });
    };
    for (const match of segment.text.matchAll(pattern)) {
      literal(segment.text.slice(end, match.index));
      end = match.index + match[0].length;
      if (match[1] !== undefined) found.push(...segmentsOf(fieldValue(match[1], filling, origin), origin));
      else found.push(...included(match[0], field, filling, origin, depth));
    }
    literal(segment.text.slice(end));
    return found;
  }
}

/** The segments of the template that a statement includes; none for any other statement. */
function included(
  statement: string,
  field: RegExp,
  filling: Filling,
  origin: Origin,
  depth: number,
): readonly Segment[] {
  const inclusion = INCLUSION.exec(statement);
  if (inclusion === null) return [];
  const name = inclusion[2];
  const other = name === undefined || depth >= MAX_INCLUSIONS ? null : filling.load(text(name));
  if (other?.kind === 'text') return filledText(other, field, filling, origin, depth + 1).segments;
  return segmentsOf(
    unknown('opaque', null, origin, () => sourcesOfArguments(filling.args)),
    origin,
  );
}

/** What a field holds: the argument of its name, or something made of them. */
function fieldValue(expression: string, { args, object }: Filling, origin: Origin): Value {
  const quoted = /^(["'])([^"']*)\1$/.exec(expression)?.[2];
  if (quoted !== undefined) return text(quoted);
  const name = /^[A-Za-z_]\w*$/.exec(expression)?.[0];
  const given =
    name === undefined
      ? undefined
      : (args.named.get(name)?.value ?? (object?.kind === 'object' ? object.entries.get(name)?.value : undefined));
  return given ?? unknown('opaque', null, origin, () => sourcesOfArguments(args));
}
