/** What both launchers ask first, in words that any Node can run. */
const NEEDED = [22, 13] as const;

/** A sentence for a Node that is too old, which would otherwise stop somewhere with a stack; null for any other. */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return isEnough ? null : `farthing needs Node ${NEEDED.join('.')} or later; this is Node ${version}.`;
}
