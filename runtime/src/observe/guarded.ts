/** Telemetry that may throw: its error is the exporter's, and must not become the call's. */
import type { Telemetry } from './open-telemetry.ts';

export function guarded(telemetry: Telemetry): Telemetry {
  return {
    begin: () => {
      const end = attempted(() => telemetry.begin());
      return (result) => attempted(() => end?.(result));
    },
  };
}

function attempted<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (error) {
    process.emitWarning(`telemetry threw: ${error}`, 'FarthingWarning');
    return undefined;
  }
}
