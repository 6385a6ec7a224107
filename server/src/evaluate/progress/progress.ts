/**
 * The evaluations that are under way, one inside the other, with their limits; and what is remembered of them, such that no
 * value depends on what was asked for first.
 *
 * Expressions on a circle ask for each other, and the one that is asked for a second time gives nothing. Which one that is
 * would depend on where the circle was entered. So it is always entered at the expression that stands first in the code:
 * where it was entered elsewhere, that one is evaluated before, and remembered for the rest. Until a circle is complete,
 * its values are remembered only while the evaluation is under way that cuts them short.
 */
import type { Expression } from '../../ir/nodes.ts';
import type { Frame } from '../frame.ts';
import { OPAQUE } from '../lattice.ts';
import type { Value } from '../values.ts';
import { cutsSoFar, forgetCutsSince, noteCut } from './cuts.ts';

/** Nested evaluations beyond this are not followed: no real program needs them to name its model. */
const MAX_DEPTH = 120;
/** Expressions evaluated for one request to the evaluator; bounds the time that one call site can take. */
const MAX_STEPS = 4_000;
/** Bodies of functions for one request: methods of one object that call each other have very many ways through them. */
const MAX_BODIES = 4_000;

/**
 * An expression that took so many of them without an end, in so many questions, is not followed by further ones: not in the
 * same activation, nor in others unless it mostly comes to an end. `self.content` is dear for one message of many. Which
 * questions came before decides it, so that a small number would make what is found depend on their order.
 */
const DEAR_STEPS = MAX_STEPS / 2;
const MAX_DEAR = 8;
/** Ends for each question whose steps an expression used up that make it one that mostly comes to an end. */
const MANY_ENDS = 16;

const UNCUT = Number.POSITIVE_INFINITY;

/** How an expression that used up a question's steps fares. */
interface Dear {
  /** Questions whose steps it used up, in all activations and in each. */
  questions: number;
  readonly byFrame: WeakMap<Frame, number>;
  /** How often it came to an end since the first of them. */
  ends: number;
}

interface CutShort {
  readonly value: Value;
  /** Where the outermost evaluation stands that the value was cut short by, and the number that it has by itself. */
  readonly depth: number;
  readonly evaluation: number;
}

/** An expression in an activation. */
export interface Place {
  readonly node: Expression;
  readonly frame: Frame;
}

export class Progress {
  /** By depth: each evaluation's own number, and what had been cut short around it when it began. */
  readonly #evaluations: number[] = [];
  readonly #cutsAround: number[] = [];
  readonly #cutsBefore: number[] = [];
  readonly #stepsBefore: number[] = [];
  /** By depth: what stands first of the circle that the evaluation is part of, as far as that is known. */
  readonly #first: (Place | null)[] = [];
  readonly #expressions = new Map<Expression, number>();
  readonly #keys = new Map<string, number>();
  readonly #cutShort = new WeakMap<Frame, Map<Expression, CutShort>>();
  readonly #dear = new Map<Expression, Dear>();
  /** The depth of the outermost evaluation that the present one was cut short by. */
  #cutAt = UNCUT;
  #depth = 0;
  #steps = 0;
  #bodies = 0;
  #count = 0;

  /** Expressions that were evaluated so far. */
  get count(): number {
    return this.#count;
  }

  /** Gives the next question its own limits, whatever became of the one before: it may have ended in an exception. */
  restart(): void {
    this.#steps = 0;
    this.#bodies = 0;
    this.#depth = 0;
    this.#cutAt = UNCUT;
    this.#expressions.clear();
    this.#keys.clear();
  }

  /** The remembered value of `node`; null if it has to be evaluated. */
  known(node: Expression, frame: Frame): Value | null {
    const whole = frame.memo.get(node);
    if (whole) return whole;
    if (this.#isDear(node, frame)) {
      this.cut();
      return OPAQUE;
    }
    const part = this.#cutShort.get(frame)?.get(node);
    if (!part || part.depth >= this.#depth || this.#evaluations[part.depth] !== part.evaluation) return null;
    this.cut(part.depth);
    return part.value;
  }

  #isDear(node: Expression, frame: Frame): boolean {
    if (this.#dear.size === 0) return false;
    const dear = this.#dear.get(node);
    if (dear === undefined) return false;
    const isMostlyDear = dear.questions >= MAX_DEAR && dear.ends < dear.questions * MANY_ENDS;
    return isMostlyDear || (dear.byFrame.get(frame) ?? 0) >= MAX_DEAR;
  }

  #noteDear(node: Expression, frame: Frame): void {
    const dear = this.#dear.get(node) ?? { questions: 0, byFrame: new WeakMap(), ends: 0 };
    this.#dear.set(node, dear);
    dear.questions++;
    dear.byFrame.set(frame, (dear.byFrame.get(frame) ?? 0) + 1);
  }

  #noteEnd(node: Expression): void {
    const dear = this.#dear.size === 0 ? undefined : this.#dear.get(node);
    if (dear !== undefined) dear.ends++;
  }

  /** False where the question has followed too many bodies: they are many without many expressions in them. */
  enterBody(): boolean {
    if (this.#bodies >= MAX_BODIES) return this.cut();
    this.#bodies++;
    return true;
  }

  /** False where `node` is under way already, in whatever frame (`x = x or y`; a recursive function), or a limit is reached. */
  begin(node: Expression): boolean {
    if (this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) return this.cut();
    if (isCompound(node)) {
      const since = this.#expressions.get(node);
      if (since !== undefined) return this.cut(since);
      this.#expressions.set(node, this.#depth);
    }
    this.#cutsAround[this.#depth] = this.#cutAt;
    this.#evaluations[this.#depth] = ++this.#count;
    this.#stepsBefore[this.#depth] = this.#steps;
    this.#cutsBefore[this.#depth] = cutsSoFar();
    this.#first[this.#depth] = null;
    this.#cutAt = UNCUT;
    this.#depth++;
    this.#steps++;
    return true;
  }

  /**
   * Ends what `begin` began, and remembers its value. Returns what has to be evaluated before it, if anything: `value`
   * counts for nothing then, unless this was the last try.
   */
  end(node: Expression, frame: Frame, value: Value, isLast: boolean): Place | null {
    const depth = --this.#depth;
    if (isCompound(node)) this.#expressions.delete(node);
    const around = this.#cutsAround[depth] as number;
    const cutAt = this.#cutAt;
    this.#cutAt = around;
    if (cutAt < depth) {
      this.#endPart(node, frame, value, cutAt);
      return null;
    }
    const first = this.#first[depth] ?? null;
    const before = first !== null && isBefore(first, node, frame) ? first : null;
    if (before !== null && isLast) {
      this.cut();
      return null;
    }
    if (before === null) frame.memo.set(node, value);
    this.#noteEnd(node);
    forgetCutsSince(this.#cutsBefore[depth] as number);
    return before;
  }

  #endPart(node: Expression, frame: Frame, value: Value, cutAt: number): void {
    const depth = this.#depth;
    this.#cutAt = Math.min(this.#cutAt, cutAt);
    if (cutAt < 0) {
      if (this.#steps >= MAX_STEPS && this.#steps - (this.#stepsBefore[depth] as number) >= DEAR_STEPS) {
        this.#noteDear(node, frame);
      }
      return;
    }
    const values = this.#cutShort.get(frame) ?? new Map<Expression, CutShort>();
    values.set(node, { value, depth: cutAt, evaluation: this.#evaluations[cutAt] as number });
    this.#cutShort.set(frame, values);
    this.#noteFirst(this.#first[depth] ?? { node, frame });
    if (this.#first[depth] !== null) this.#noteFirst({ node, frame });
  }

  /** Of the circle around the present evaluation. */
  #noteFirst(place: Place): void {
    const at = this.#depth - 1;
    const first = this.#first[at] ?? null;
    if (first === null || isBefore(place, first.node, first.frame)) this.#first[at] = place;
  }

  /** As `begin`, for what has a key instead of an expression. */
  beginKey(key: string): boolean {
    const since = this.#keys.get(key);
    if (since !== undefined) return this.cut(since);
    this.#keys.set(key, this.#depth - 1);
    return true;
  }

  endKey(key: string): void {
    this.#keys.delete(key);
  }

  /** Notes that the present evaluation gives up because of the one at `depth`, or because of a limit. */
  cut(depth = -1): false {
    noteCut();
    this.#cutAt = Math.min(this.#cutAt, depth);
    return false;
  }
}

/** True if `place` stands before `node` in the code of all files. */
function isBefore({ node: a, frame: aFrame }: Place, b: Expression, bFrame: Frame): boolean {
  const [aPath, bPath] = [pathOf(aFrame), pathOf(bFrame)];
  if (aPath !== bPath) return aPath < bPath;
  return a.start !== b.start ? a.start < b.start : a.end > b.end;
}

function pathOf({ scope }: Frame): string {
  return scope.module.loaded.path;
}

/** Literals cannot contain themselves. */
function isCompound(node: Expression): boolean {
  return node.kind !== 'string' && node.kind !== 'number' && node.kind !== 'boolean' && node.kind !== 'null';
}
