/** Functions of the application that are told of something: their errors are its own, and must not become the call's. */
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
    // One that is asynchronous would end the process where nobody catches what it throws.
    if (result instanceof Promise) result.catch(warn);
    return result;
  } catch (error) {
    warn(error);
    return undefined;
  }
}
