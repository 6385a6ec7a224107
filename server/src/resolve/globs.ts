/**
 * The globs of workspaces: `*` and `**`, and `{a,b}`. A repository brings its own globs and its own folder names, so a
 * match takes time in proportion to both, whatever they are. That rules out the libraries that turn a glob into a regular
 * expression: `picomatch` 4 takes 30 seconds to compare `*a*a*a*a*a*b` with a name of a hundred letters `a`, and each
 * further star multiplies that by the length of the name.
 */

/** Characters. No path is longer. */
const MAX_LENGTH = 4_096;
/** `{a,b}{c,d}` doubles with every pair of braces. */
const MAX_ALTERNATIVES = 100;
const BRACES = /\{([^{},]*(?:,[^{},]*)+)\}/;

/** The glob without braces, once for each choice; those beyond the first hundred are left out, as is what is no path. */
export function alternativesOf(glob: string): readonly string[] {
  if (glob.length > MAX_LENGTH) return [];
  const found: string[] = [];
  const pending = [glob];
  for (let next = pending.pop(); next !== undefined && found.length < MAX_ALTERNATIVES; next = pending.pop()) {
    const braces = BRACES.exec(next);
    if (braces === null) {
      found.push(next);
      continue;
    }
    const before = next.slice(0, braces.index);
    const after = next.slice(braces.index + braces[0].length);
    for (const choice of (braces[1] ?? '').split(',').reverse()) pending.push(before + choice + after);
  }
  return found;
}

/** Without empty steps, `.`, and a `**` after another, which adds nothing. */
export function stepsOf(path: string): readonly string[] {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return steps.filter((step, index) => step !== '**' || steps[index - 1] !== '**');
}

/** Whether one folder's name matches a step with stars. */
export function matchesStep(name: string, step: string): boolean {
  const [start = '', ...rest] = step.split(/\*+/);
  if (rest.length === 0) return name === step;
  const end = rest.pop() ?? '';
  if (!name.startsWith(start) || !name.endsWith(end)) return false;
  // Matching each piece at its first occurrence leaves the most room for the next one.
  let at = start.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - end.length;
}

/** Whether a path matches a glob, both as steps. */
export function matchesPath(path: readonly string[], glob: readonly string[]): boolean {
  if (glob.filter((step) => step !== '**').length > path.length) return false;
  // `ends[i]`: the steps of the glob so far match the first `i` steps of the path.
  let ends = [true, ...path.map(() => false)];
  for (const step of glob) {
    const isAny = step === '**';
    const next = [isAny && ends[0] === true];
    for (const [index, name] of path.entries()) {
      const isReached = isAny
        ? next[index] === true || ends[index + 1] === true
        : ends[index] === true && matchesStep(name, step);
      next.push(isReached);
    }
    ends = next;
  }
  return ends[path.length] === true;
}
