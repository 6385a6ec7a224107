/** How many requests an agent makes before something stops it, where the code itself sets no limit. */
import type { Assignment, Binary, Branch, Call, Declare, Expression, Loop, Span } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { nodesWithin } from '../../ir/walk.ts';
import { preferredField } from '../../sdks/roles.ts';
import { calleeName, nearestRepetition } from '../repetition.ts';
import { mayHave, roleOf } from '../request.ts';
import { type ParameterPlace, placeAt, siteFor } from './edit-targets.ts';
import { type CallSource, codeFact } from './fact.ts';

export interface AgentSteps {
  /** `default`: the framework stops by itself, after `max` requests. `unlimited`: it does not. `loop`: the code never does. */
  readonly stop: 'default' | 'unlimited' | 'loop';
  readonly max: number | null;
  /** The parameter that would set a limit; null for a loop. */
  readonly parameter: string | null;
  /** Where it would be written; null where that takes an object of a class. */
  readonly place: ParameterPlace | null;
  /** The loop. */
  readonly loop: Origin | null;
}

/** Null for a call that is no agent's, whose steps the code limits, or of which that is not known. */
export const agentSteps = codeFact('agentSteps', (source): AgentSteps | null => {
  if (source.call.family === 'agent') return ofFramework(source);
  const { lexical, purpose } = source.call.loop;
  return lexical === 'while' && purpose === 'agent' ? ofLoop(source) : null;
});

function ofFramework({ sdkCall, record, referenced }: CallSource): AgentSteps | null {
  const { steps } = sdkCall.call;
  if (roleOf(sdkCall, 'steps') !== null || mayHave(sdkCall, 'steps')) return null;
  // Without tools the first answer is the last.
  if (roleOf(sdkCall, 'tools') === null && roleOf(sdkCall, 'providerTools') === null) return null;
  const max = steps?.byDefault ?? null;
  if (max === null && steps?.isUnlimited !== true) return null;
  const site = siteFor(sdkCall, 'steps');
  const { language } = record.scope.module.loaded.node;
  const field = site === null ? null : preferredField(site, 'steps', language);
  const isOfClass = language === 'python' && field?.includes('.') === true;
  return {
    stop: max === null ? 'unlimited' : 'default',
    max: max === null ? null : Math.ceil(max / (steps?.perRequest ?? 1)),
    parameter: field?.split('.').at(-1) ?? null,
    place: site === null || field === null || isOfClass ? null : placeAt(sdkCall, site, field, referenced),
    loop: null,
  };
}

/** Functions that wait for a person or another program, who end the conversation. */
const WAITING =
  /^(?:input|prompt|question|readline|readLine|ask|ask_user|receive\w*|recv|listen|get_message|text_input|chat_input|confirm|select)$/;
/** Names of what a loop is limited by. */
const LIMIT = /max|limit|budget|count|step|iter|turn|round|attempt|deadline|timeout|remaining|depth|elapsed/i;

/** Names of what decides by itself when enough was spent. */
const GUARD = /budget|exhaust|exceed|limit|deadline|time_?out|remaining/i;

/** `while True`, whose body compares no counter, asks no budget and waits for no one. */
function ofLoop({ record }: CallSource): AgentSteps | null {
  const repeating = nearestRepetition(record.surrounding);
  if (repeating?.kind !== 'loop') return null;
  const loop = repeating.node as Loop;
  if (loop.test !== null && !(loop.test.kind === 'boolean' && loop.test.value)) return null;
  const { path, text } = record.scope.module.loaded;
  for (const node of nodesWithin(loop)) {
    if (node.kind === 'call' && WAITING.test(calleeName((node as Call).callee))) return null;
    if (node.kind === 'branch' && isGuard(node as Branch, loop, text)) return null;
    if (node.kind !== 'binary' || !comparesNumbers(node as Binary)) continue;
    if (LIMIT.test(text.slice(node.start, node.end))) return null;
  }
  return { stop: 'loop', max: null, parameter: null, place: null, loop: { path, start: loop.start, end: loop.end } };
}

/** `if budget.is_exhausted()`, and `if exhausted` after `exhausted, reason = budget.check()`. */
function isGuard({ origin, tests }: Branch, loop: Loop, text: string): boolean {
  if (origin !== 'if') return false;
  const codeOf = ({ start, end }: Span): string => text.slice(start, end);
  const tested = new Set(tests.flatMap(nodesWithin).flatMap((node) => (node.kind === 'name' ? [codeOf(node)] : [])));
  const given = nodesWithin(loop).flatMap((node) => {
    if (node.kind !== 'declare' && node.kind !== 'assignment') return [];
    const { target, value } = node as Declare | Assignment;
    const names = nodesWithin(target as Expression).filter(({ kind }) => kind === 'name');
    return value !== null && names.some((name) => tested.has(codeOf(name))) ? [value] : [];
  });
  return [...tests, ...given].some((node) => GUARD.test(codeOf(node)));
}

/** `steps > limit`, `steps == 10`, but not `stop_reason == 'end_turn'`. */
function comparesNumbers({ operator, left, right }: Binary): boolean {
  if (/^[<>]=?$/.test(operator)) return true;
  return /^={2,3}$/.test(operator) && (left.kind === 'number' || right.kind === 'number');
}
