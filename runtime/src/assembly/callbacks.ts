/** Calls functions of the application: their errors belong to the application and must not become errors of a call. */
import type { Telemetry } from '../observe/open-telemetry.ts';

export function tell<Value>(name: string, listener: ((value: Value) => unknown) | undefined, value: Value): void {
  quietly(name, () => listener?.(value));
}

export function quietTelemetry(telemetry: Telemetry): Telemetry {
  return {
    begin: () => {
      const end = quietly('telemetry', () => telemetry.begin());
      return (result) => tell('telemetry', end, result);
    },
  };
}

function quietly<Result>(name: string, action: () => Result): Result | undefined {
  const warn = (error: unknown): void => warnOnce(`${name} threw: ${error}`);
  try {
    const result = action();
    // An uncaught rejection of an asynchronous function would end the process.
    if (result instanceof Promise) result.catch(warn);
    return result;
  } catch (error) {
    warn(error);
    return undefined;
  }
}

/** A listener that fails at every call would otherwise fill an application's log. */
const MAX_WARNINGS = 100;
const warned = new Set<string>();

function warnOnce(message: string): void {
  if (warned.has(message) || warned.size >= MAX_WARNINGS) return;
  warned.add(message);
  process.emitWarning(message, 'FarthingWarning');
}
