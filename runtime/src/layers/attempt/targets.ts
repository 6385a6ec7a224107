/** Targets of failover that no request could be sent to are told when the meter is made, not when they are needed. */
import { MeterError } from '../../core/errors.ts';
import type { Target } from '../../core/exchange.ts';

/** @throws MeterError for an address that is none, and for headers that HTTP cannot carry */
export function checkTargets(failover: Readonly<Record<string, readonly Target[]>>): void {
  for (const [model, chain] of Object.entries(failover)) {
    for (const [index, { baseURL, headers = {} }] of chain.entries()) {
      const which = `failover: target ${index + 1} of "${model}"`;
      if (baseURL !== undefined && !/^https?:$/.test(URL.parse(baseURL)?.protocol ?? '')) {
        throw new MeterError(`${which} has a baseURL that is none. Name it as its SDK would: https://host/v1.`);
      }
      const wrong = Object.entries(headers).find(([name, value]) => !isHeader(name, value));
      if (wrong !== undefined) throw new MeterError(`${which} has a header "${wrong[0]}" that HTTP cannot carry.`);
    }
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers({ [name]: value }).has(name);
  } catch {
    return false;
  }
}
