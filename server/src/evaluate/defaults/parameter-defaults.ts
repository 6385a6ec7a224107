/** Defaults of parameters that a framework reads from a wrapper: `model: str = typer.Option("gpt-6-sol")`. */
import type { Value } from '../values.ts';

/** By package, the functions whose first argument, or `default`, is the default. */
const WRAPPERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['typer', new Set(['Option', 'Argument'])],
  ['fastapi', new Set(['Query', 'Body', 'Form', 'Header', 'Cookie', 'Path'])],
]);

/** The default inside a wrapper; null if the wrapper has none. Any other value is returned as it is. */
export function unwrappedDefault(value: Value): Value | null {
  if (value.kind !== 'external') return value;
  const [member, call, ...rest] = value.steps;
  if (member?.kind !== 'member' || call?.kind !== 'call' || rest.length > 0) return value;
  if (!WRAPPERS.get(value.module)?.has(member.name)) return value;
  const stated = call.args?.named.get('default')?.value ?? call.args?.positional[0];
  // `...` and `None` mean that there is no default.
  return stated === undefined || stated.kind === 'null' || stated.kind === 'unknown' ? null : stated;
}
