/** The first check of both launchers, written so that any Node version can run it. */
const NEEDED = [22, 13] as const;

/**
 * A message if Node is too old, which would otherwise fail somewhere with a stack trace; null for any other version.
 */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return isEnough ? null : `farthing needs Node ${NEEDED.join('.')} or later; this is Node ${version}.`;
}
