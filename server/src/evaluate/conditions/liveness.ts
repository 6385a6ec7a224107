/**
 * Which code of one activation can run. Each region is judged once, by a question of its own: a function's calls are in a
 * few regions and come after the same returns, and no verdict depends on which of them was asked about first.
 */
import type { Branch } from '../../ir/nodes.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { regionAt } from '../scopes/reaching.ts';
import type { Region } from '../scopes/scope.ts';
import { isTaken, type Truth } from './conditions.ts';

export class Liveness {
  readonly #evaluator: Evaluator;
  readonly #frame: Frame;
  readonly #verdicts = new Map<Region, Truth>();

  constructor(evaluator: Evaluator, frame: Frame) {
    this.#evaluator = evaluator;
    this.#frame = frame;
  }

  /** True if the code at `offset` of the activation's scope cannot run, or comes after a return that certainly runs. */
  isDead(offset: number): boolean {
    const { scope } = this.#frame;
    const region = regionAt(scope, offset);
    if (this.#runs(region) === false) return true;
    return scope.returns.some(
      (returned) => returned.value.end <= offset && returned.region !== region && this.#runs(returned.region) === true,
    );
  }

  #runs(region: Region): Truth {
    const known = this.#verdicts.get(region);
    if (known !== undefined) return known;
    const verdict = this.#judge(region);
    this.#verdicts.set(region, verdict);
    return verdict;
  }

  #judge({ kind, parent, branch, alternative }: Region): Truth {
    const around = parent === null ? true : this.#runs(parent);
    if (around === false) return false;
    const taken = branch === null ? true : this.#isTaken(branch, alternative);
    if (taken === false) return false;
    return kind === 'loop' || taken === null ? null : around;
  }

  #isTaken(branch: Branch, alternative: number): Truth {
    this.#evaluator.startQuery();
    return isTaken(this.#evaluator, branch, alternative, this.#frame);
  }
}
