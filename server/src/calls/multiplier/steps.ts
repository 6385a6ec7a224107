/** The steps of an agent, and of a call with tools that answers its own tool calls: each is a request. */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { mayHave, roleOf } from '../request.ts';
import { atLeastOnce, type Factor, upTo } from './factor.ts';

/** With tools, one call of a tool and the answer. */
const USUAL_STEPS = 2;

export function stepsOf(call: SdkCall): readonly Factor[] {
  const { steps, family } = call.call;
  const stated = roleOf(call, 'steps')?.value;
  const isAgent = family === 'agent';
  const mayUseTools = roleOf(call, 'tools') !== null || mayHave(call, 'tools');
  // Without tools there is nothing to go on for: the first answer is the last.
  if (!isAgent && (stated === undefined || !mayUseTools)) return [];
  const limit = (stated === undefined ? null : leastOf(stated)) ?? steps?.byDefault ?? null;
  const usual = mayUseTools ? USUAL_STEPS : 1;
  if (limit === null) return [atLeastOnce('steps of the agent')];
  const max = Math.max(1, Math.ceil(limit / (steps?.perRequest ?? 1)));
  return max === 1 ? [] : [upTo(max, usual, `up to ${max} steps`)];
}

/** `20`, `stepCountIs(20)`, and of a list of conditions the first that holds; null if none has a number. */
function leastOf(value: Value): number | null {
  const found = alternativesOf(value).flatMap((one): readonly number[] => {
    switch (one.kind) {
      case 'number':
        return [one.value];
      case 'array':
        return one.items.flatMap((item) => leastOf(item) ?? []);
      case 'external': {
        const last = one.steps.at(-1);
        return last?.kind === 'call' ? (last.args?.positional ?? []).flatMap((given) => leastOf(given) ?? []) : [];
      }
      case 'unknown':
        return one.hint === null ? [] : [leastOf(one.hint) ?? []].flat();
      default:
        return [];
    }
  });
  return found.length === 0 ? null : value.kind === 'oneOf' ? Math.max(...found) : Math.min(...found);
}
