/** Long work in the background, a few milliseconds at a time, so that requests are answered in between. */

/** Milliseconds of work before other tasks get their turn: less than a keystroke may wait. */
const SLICE = 12;

/** Runs `steps` for one slice, or to their end. Returns true if they have ended. */
export function runSlice<Step>(steps: Iterator<Step>, onStep: (step: Step) => void = () => {}): boolean {
  const until = performance.now() + SLICE;
  do {
    const { done, value } = steps.next();
    if (done) return true;
    onStep(value);
  } while (performance.now() < until);
  return false;
}

/** Resolves once everything that is waiting had its turn. */
export function nextTurn(): Promise<void> {
  return new Promise(setImmediate);
}
