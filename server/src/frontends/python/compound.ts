/** Statements that contain other statements: `if`, `match`, `try`, `for`, `while`, `with`. */
import type { Branch, Expression, Pattern, Span, Statement } from '../../ir/nodes.ts';
import { lowerExpression, lowerFirst, lowerList } from './expressions.ts';
import { spanOfBody } from './functions.ts';
import { lowerTarget, lowerTargets } from './patterns.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  isExpression,
  kindOf,
  missing,
  opaque,
  type Source,
  spanOf,
  startOf,
  textOf,
} from './source.ts';
import { declare, lowerBody } from './statements.ts';

/** A keyword of a compound statement (`elif`, `except`), what follows it, and its block. */
interface Clause {
  readonly keyword: string;
  readonly head: readonly number[];
  readonly body: number | undefined;
  readonly start: number;
}

const KEYWORDS = /^(?:if|elif|else|try|except|finally|while|for|with)$/;

/** A compound statement's clauses. A `for` inside an expression is deeper in the tree, never a child of `node`. */
function clausesOf(source: Source, node: number): Clause[] {
  const clauses: Clause[] = [];
  let keyword = '';
  let start = startOf(source, node);
  let head: number[] = [];
  for (const child of childrenOf(source, node)) {
    const kind = kindOf(source, child);
    if (KEYWORDS.test(kind)) {
      if (keyword !== '') clauses.push({ keyword, head, body: undefined, start });
      keyword = kind;
      start = startOf(source, child);
      head = [];
    } else if (kind === 'Body') {
      clauses.push({ keyword, head, body: child, start });
      keyword = '';
      head = [];
    } else if (keyword !== '') head.push(child);
  }
  if (keyword !== '') clauses.push({ keyword, head, body: undefined, start });
  return clauses;
}

function bodyOf(source: Source, clause: Clause | undefined): Statement[] {
  return clause?.body === undefined ? [] : lowerBody(source, clause.body);
}

export function lowerBranch(source: Source, node: number, out: Statement[]): void {
  const clauses = clausesOf(source, node);
  const tests: Expression[] = [];
  const alternatives: Statement[][] = [];
  for (const clause of clauses) {
    if (clause.keyword !== 'else') tests.push(lowerFirst(source, clause.head, clause.start));
    alternatives.push(bodyOf(source, clause));
  }
  const isExhaustive = clauses.some((clause) => clause.keyword === 'else');
  out.push({ kind: 'branch', ...spanOf(source, node), origin: 'if', tests, alternatives, isExhaustive });
}

/** The body (with `else`) and each handler are alternatives; `finally` follows as a block. */
export function lowerTry(source: Source, node: number, out: Statement[]): void {
  const clauses = clausesOf(source, node);
  const find = (keyword: string): Clause | undefined => clauses.find((clause) => clause.keyword === keyword);
  const tests: Expression[] = [];
  const alternatives = [[...bodyOf(source, find('try')), ...bodyOf(source, find('else'))]];
  for (const clause of clauses) {
    if (clause.keyword !== 'except') continue;
    const alternative: Statement[] = [];
    const as = clause.head.findIndex((child) => kindOf(source, child) === 'as');
    const types = as < 0 ? clause.head : clause.head.slice(0, as);
    const test = lowerList(
      source,
      types.filter((child) => kindOf(source, child) !== '*'),
    );
    if (test !== null) tests.push(test);
    const name = clause.head[as + 1];
    if (as >= 0 && name !== undefined) alternative.push(bind(source, name));
    alternatives.push([...alternative, ...bodyOf(source, clause)]);
  }
  out.push({ kind: 'branch', ...spanOf(source, node), origin: 'try', tests, alternatives, isExhaustive: true });
  const last = find('finally');
  if (last !== undefined) out.push({ kind: 'block', ...spanOfClause(source, last), body: bodyOf(source, last) });
}

/** A name that the language binds by itself: a caught exception, a capture of a pattern. */
function bind(source: Source, node: number): Statement {
  const span = spanOf(source, node);
  return declare(source, span, lowerTarget(source, node), opaque(span));
}

function spanOfClause(source: Source, clause: Clause): Span {
  return { start: clause.start, end: clause.body === undefined ? clause.start : endOf(source, clause.body) };
}

export function lowerLoop(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const [loop, ...others] = clausesOf(source, node);
  const head = loop?.head ?? [];
  const origin = loop?.keyword === 'while' ? 'while' : 'for';
  const at = head.findIndex((child) => kindOf(source, child) === 'in');
  out.push({
    kind: 'loop',
    ...span,
    origin,
    target: origin === 'for' ? lowerTargets(source, at < 0 ? head : head.slice(0, at), span.start) : null,
    iterable: origin === 'for' ? ((at < 0 ? null : lowerList(source, head.slice(at + 1))) ?? missing(span.end)) : null,
    test: origin === 'while' ? lowerFirst(source, head, span.start) : null,
    body: bodyOf(source, loop),
    bodySpan: spanOfBody(source, loop?.body, span.end),
  });
  for (const clause of others) {
    // Skipped if the loop ended with `break`: its exits do not end the block that contains the loop.
    const alternatives = [bodyOf(source, clause)];
    const branch: Branch = {
      kind: 'branch',
      ...spanOfClause(source, clause),
      origin: 'if',
      tests: [],
      alternatives,
      isExhaustive: false,
    };
    out.push(branch);
  }
}

export function lowerWith(source: Source, node: number, out: Statement[]): void {
  const [clause] = clausesOf(source, node);
  const items = lowerWithItems(source, clause?.head ?? []);
  out.push({ kind: 'with', ...spanOf(source, node), items, body: bodyOf(source, clause) });
}

function lowerWithItems(source: Source, nodes: readonly number[]): { value: Expression; target: Pattern | null }[] {
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1 && /^(?:Tuple|Parenthesized)Expression$/.test(kindOf(source, only))) {
    return lowerWithItems(source, childrenOf(source, only));
  }
  const items: { value: Expression; target: Pattern | null }[] = [];
  nodes.forEach((node, index) => {
    if (!isExpression(source, node) || kindOf(source, nodes[index - 1]) === 'as') return;
    const target = kindOf(source, nodes[index + 1]) === 'as' ? nodes[index + 2] : undefined;
    items.push({
      value: lowerExpression(source, node),
      target: isExpression(source, target) ? lowerTarget(source, target) : null,
    });
  });
  return items;
}

/** Each `case` is an alternative that starts by binding the names of its pattern. */
export function lowerMatch(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const bodyNode = childOfKind(source, node, 'MatchBody');
  const subject = lowerList(
    source,
    childrenOf(source, node).filter((child) => child !== bodyNode),
  );
  const tests = subject === null ? [] : [subject];
  const alternatives: Statement[][] = [];
  let isExhaustive = false;
  for (const clause of bodyNode === undefined ? [] : childrenOf(source, bodyNode)) {
    if (kindOf(source, clause) !== 'MatchClause') continue;
    const nodes = childrenOf(source, clause);
    const guard = nodes.find((child) => kindOf(source, child) === 'Guard');
    const body = nodes.find((child) => kindOf(source, child) === 'Body');
    const patterns = nodes.filter((child) => /Pattern$/.test(kindOf(source, child)));
    if (guard !== undefined) tests.push(lowerFirst(source, childrenOf(source, guard), endOf(source, guard)));
    else if (patterns.length === 1 && kindOf(source, patterns[0]) === 'CapturePattern') isExhaustive = true;
    const captures = patterns.flatMap((pattern) => capturesOf(source, pattern)).map((name) => bind(source, name));
    alternatives.push([...captures, ...(body === undefined ? [] : lowerBody(source, body))]);
  }
  out.push({ kind: 'branch', ...span, origin: 'switch', tests, alternatives, isExhaustive });
}

/** The names that a pattern binds: captures, and names after `as`; `_` binds nothing. */
function capturesOf(source: Source, pattern: number): number[] {
  const names: number[] = [];
  const end = source.tree.end[pattern] ?? pattern;
  for (let node = pattern; node < end; node++) {
    const kind = kindOf(source, node);
    const name =
      kind === 'CapturePattern' || kind === 'AsPattern'
        ? childrenOf(source, node).findLast((child) => kindOf(source, child) === 'VariableName')
        : undefined;
    if (name !== undefined && textOf(source, name) !== '_') names.push(name);
  }
  return names;
}
