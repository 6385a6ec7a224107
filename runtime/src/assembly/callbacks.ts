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
  const warn = (error: unknown): void => process.emitWarning(`${name} threw: ${error}`, 'FarthingWarning');
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
