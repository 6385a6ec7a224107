/**
 * Comments that speak to Farthing, in any language:
 *
 *     // farthing-ignore-next-line unbounded-output, batchable-loop -- answers are capped by the proxy
 *     // farthing-ignore-line retired-model until 2027-03-31 -- pinned for a customer
 *     // farthing-ignore-next-line padded-json until changed:3fa2c1d0 -- small today
 *     # farthing-ignore-file embedding-in-loop -- measured: the endpoint refuses arrays
 *     # farthing: calls=50k/month
 */
import type { Localised } from '@farthing/shared/language';
import { parseVolume } from '@farthing/shared/volume';
import type { Comment, ModuleNode, Span } from '../ir/nodes.ts';
import type { Positions } from '../ir/positions.ts';

export type Directive = Suppression | Volume | Malformed;

export interface Suppression extends Span, LineRange {
  readonly kind: 'suppression';
  readonly scope: 'line' | 'file';
  /** Rule names as they are written; never empty. */
  readonly rules: readonly string[];
  /** The last day on which it applies (`2027-03-31`); null if it has no such day. */
  readonly until: string | null;
  /** The digest of the call to which it applies, until that changes; null if it applies to any. */
  readonly digest: string | null;
  readonly reason: string | null;
}

export interface Volume extends Span, LineRange {
  readonly kind: 'volume';
  readonly callsPerMonth: number;
}

/** A comment that begins like a directive but is not a valid one. */
export interface Malformed extends Span {
  readonly kind: 'malformed';
  /** What is wrong, and what to write instead. */
  readonly text: Localised;
}

/** The lines that a directive applies to, from 1 over the whole text, both inclusive. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

interface Lines {
  readonly same: LineRange;
  readonly next: LineRange;
}

/** A line with such an ending continues on the next line. */
const GOES_ON = /(?:[=([,?:]|=>|\b(?:return|await|yield)|\\)\s*$/;
/** The maximum number of lines that a statement may span before the call in it begins. */
const MAX_CONTINUATION = 3;

/** The directives of a module, in the order of the text. */
export function directivesOf(node: ModuleNode, text: string, positions: Positions): readonly Directive[] {
  const comments = node.comments.filter((comment) => /^\W*farthing\s*[-:]/.test(comment.text));
  const commentLines = new Set(comments.flatMap((comment) => linesOf(comment, text, positions)));
  return comments.map((comment) => {
    const isAlone = commentLines.has(positions.lineOf(comment.start));
    return parseDirective(comment, isAlone, linesMeant(comment, text, positions, commentLines));
  });
}

/** `isAlone` is true if no code precedes the comment; `same` is its own lines, `next` the code below. */
function parseDirective(comment: Comment, isAlone: boolean, { same, next }: Lines): Directive {
  const { start, end } = comment;
  const malformed = (en: string, es: string): Malformed => ({ kind: 'malformed', start, end, text: { en, es } });
  const [statement = '', ...rest] = comment.text.replace(/^\W+/, '').split(/\s--(?:\s|$)/);
  const reason = rest.join(' -- ').trim() || null;
  const volume = /^farthing\s*:\s*(.*)$/s.exec(statement)?.[1]?.trim();
  if (volume !== undefined) {
    const callsPerMonth = volumeOf(volume);
    if (callsPerMonth === null) {
      return malformed(
        `"${shorten(volume)}" is not a volume. Write it as "farthing: calls=50k/month".`,
        `«${shorten(volume)}» no es un volumen. Escríbelo como «farthing: calls=50k/month».`,
      );
    }
    return { kind: 'volume', start, end, callsPerMonth, ...(isAlone ? next : same) };
  }
  const [, directive = '', names = ''] = /^farthing-([\w-]+)\s*(.*)$/s.exec(statement) ?? [];
  const scope = /^ignore-(next-line|line|file)$/.exec(directive)?.[1];
  if (scope === undefined) {
    return malformed(
      `"farthing-${shorten(directive)}" is not a known comment. Write "farthing-ignore-next-line", "farthing-ignore-line" or "farthing-ignore-file".`,
      `No se conoce «farthing-${shorten(directive)}». Escribe «farthing-ignore-next-line», «farthing-ignore-line» o «farthing-ignore-file».`,
    );
  }
  const [, listed = names, stated] = /^(.*?)(?:^|\s)until(?:\s+(.*))?$/s.exec(names.trim()) ?? [];
  const rules = [...new Set(listed.split(/[\s,]+/).filter(Boolean))];
  if (rules.length === 0) {
    return malformed(
      `This comment names no rule. Write "farthing-${directive} <rule> -- <reason>".`,
      `Este comentario no nombra ninguna regla. Escribe «farthing-${directive} <regla> -- <motivo>».`,
    );
  }
  const term = listed === names ? NO_TERM : termOf(stated ?? '', scope);
  if (term === null) {
    return malformed(
      `"until ${shorten(stated ?? '')}" is not a term. Write a day, "until 2027-03-31", or "until changed" for one call.`,
      `«until ${shorten(stated ?? '')}» no es un plazo. Escribe un día, «until 2027-03-31», o «until changed» para una llamada.`,
    );
  }
  const lines = scope === 'next-line' ? next : same;
  return {
    kind: 'suppression',
    scope: scope === 'file' ? 'file' : 'line',
    start,
    end,
    rules,
    ...term,
    reason,
    ...lines,
  };
}

const NO_TERM: Pick<Suppression, 'until' | 'digest'> = { until: null, digest: null };

/** `2027-03-31`, `changed:3fa2c1d0`, or `changed` while its digest is not known; null for anything else. */
function termOf(text: string, scope: string): typeof NO_TERM | null {
  const digest = /^changed(?::(\w*))?$/.exec(text);
  if (digest !== null) return scope === 'file' ? null : { until: null, digest: digest[1] ?? '' };
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true;
  return isDay ? { until: text, digest: null } : null;
}

/** `calls=50k/month` as calls per month; null if it says anything else. */
function volumeOf(text: string): number | null {
  const volume = /^calls\s*=\s*(.+)$/s.exec(text)?.[1];
  return volume === undefined ? null : parseVolume(volume);
}

/**
 * The comment's own lines, and the code line below it: comments to Farthing can be stacked, and a line can continue.
 */
function linesMeant(comment: Span, text: string, positions: Positions, commentLines: ReadonlySet<number>): Lines {
  const first = positions.lineOf(comment.start);
  const last = positions.lineOf(comment.end);
  let from = last + 1;
  while (from <= positions.lines && commentLines.has(from)) from++;
  let to = from;
  while (to < from + MAX_CONTINUATION && to < positions.lines && GOES_ON.test(lineText(text, positions, to))) to++;
  return { same: { from: first, to: last }, next: { from, to } };
}

/** The lines that contain nothing but this comment. */
function linesOf(comment: Span, text: string, positions: Positions): readonly number[] {
  const first = positions.lineOf(comment.start);
  const before = text.slice(positions.startOf(first), comment.start);
  if (/[\w)\]};"'`]/.test(before)) return [];
  return Array.from({ length: positions.lineOf(comment.end) - first + 1 }, (_, index) => first + index);
}

function lineText(text: string, positions: Positions, line: number): string {
  return text.slice(positions.startOf(line), positions.startOf(line + 1));
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
