/**
 * Requests that no layer sees because the runtime cannot read them: a hard cap refuses them unless the application allows
 * what cannot be counted. After the meter is closed nothing is counted, and a hard cap refuses every request.
 */
import { withoutQuery } from '@farthing/shared/hosts';
import type { Effect, Emit } from '../../core/events.ts';
import type { Countable } from '../../core/scope-key.ts';
import type { WireError } from '../../wire/codec.ts';
import type { FilledBudget } from './options.ts';
import { budgetsOf, countedUnder, isHard, refuses } from './rules.ts';

export interface Admission {
  /** False if nothing is currently refused. */
  readonly hasHardCaps: () => boolean;
  /** The refusal of a request that cannot be read; null if it may be sent. */
  readonly ofUnread: (call: Countable) => Promise<WireError | null>;
  /** The refusal of a WebSocket, whose messages no layer sees; null if it may be opened. */
  readonly ofSocket: (call: Countable) => WireError | null;
  /** The refusal of a request after the meter is closed; null if no hard cap covers it. */
  readonly afterClose: (call: Countable) => WireError | null;
}

export interface AdmissionOptions {
  readonly budgets: () => readonly FilledBudget[];
  readonly unread: 'refuse' | 'allow';
  readonly emit: Emit;
}

export function createAdmission({ budgets, unread, emit }: AdmissionOptions): Admission {
  /** A cap per model covers every request that does not name its model. */
  const isOfUnknownModel = ({ facts }: Countable): boolean =>
    facts.model === null && budgets().some((budget) => budget.per === 'model' && isHard(budget));
  /** Does not call functions for their caps: each counts as a cap, because its answer would come too late. */
  const isCovered = (call: Countable): boolean =>
    isOfUnknownModel(call) || countedUnder(call, budgets()).some(({ rule }) => isHard(rule));
  const isCapped = async (call: Countable): Promise<boolean> =>
    isOfUnknownModel(call) || (await budgetsOf(call, budgets())).some(refuses);

  const tell = (call: Countable, effect: Effect, message: string): void =>
    emit({ type: 'unread', feature: call.context.feature, address: addressOf(call.url), effect, message });

  const ofUncounted = (call: Countable, what: string): WireError | null => {
    const isAllowed = unread === 'allow';
    const message = `budget_unread: a hard budget covers this ${what} ${REMEDY}`;
    tell(call, isAllowed ? 'open' : 'closed', message);
    return isAllowed ? null : { status: 402, code: 'budget_unread', message };
  };

  return {
    hasHardCaps: () => budgets().some(isHard),
    ofUnread: async (call) => ((await isCapped(call)) ? ofUncounted(call, REQUEST) : null),
    ofSocket: (call) => (isCovered(call) ? ofUncounted(call, SOCKET) : null),
    afterClose: (call) => {
      if (!isCovered(call)) return null;
      const message = 'runtime_unavailable: the meter is closed, and a hard budget covers this request.';
      tell(call, 'closed', message);
      return { status: 402, code: 'runtime_unavailable', message };
    },
  };
}

const REQUEST = 'request, but its cost is unknown: the runtime cannot read the format of its address or body.';
const SOCKET = 'WebSocket, but its cost is unknown: the runtime does not read the messages of sockets.';
const REMEDY = 'Send it with a client that is not wrapped, or set `unread: "allow"` to send it uncounted.';

/** Without the query, which may contain a key. */
function addressOf(url: string): string {
  return withoutQuery(url).slice(0, 300);
}
