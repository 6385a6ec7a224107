import { formatCount, formatDollars } from '@farthing/shared/money';
import { type AgentSteps, agentSteps } from '../calls/facts/agent-steps.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { whereIs } from './support/describe-location.ts';

interface Unbounded {
  readonly stop: AgentSteps['stop'];
  /** The number of requests after which the framework stops by itself; null if it does not. */
  readonly max: number | null;
  /** The cost of one request, in nano-dollars; null if unknown. */
  readonly costEach: number | null;
  readonly parameter: string | null;
}

/** A framework that stops by itself after fewer steps is limited well enough. */
const MANY_STEPS = 100;
/** What the fix allows: frameworks that are careful stop after 10 to 25. */
const STEPS = 20;

export const unboundedAgentLoop: CallRule<Unbounded> = {
  scope: 'call',
  id: 'unbounded-agent-loop',
  summary: 'An agent runs until the model stops: no limit of steps, or a default of hundreds.',
  technique: 'runaway',
  severity: 'warning',
  fix: 'suggested',
  since: '0.2.0',
  needs: [agentSteps],
  documentation: `
## What it does
Reports agents with tools that the code gives no limit of steps, if their framework has none by itself (Claude Agent SDK,
Strands) or one of 100 or more (browser-use and Google ADK: 500). It also reports a \`while True\` loop that adds each answer
to the conversation and asks again, if nothing in it compares a counter, a time or a budget.

Severity: a warning, and information where the framework stops by itself.

Not reported are loops that wait for a person (\`input()\`) or ask a budget or a deadline in each round, agents whose limit may be set elsewhere, and notebooks.

## Why is this bad
Each step sends the whole conversation again, so a run that goes round in circles costs more with every step. A limit does not
change a run that ends by itself. The figure in the message leaves the growth out: it is the steps at the price of the first.

## Example
~~~ts
import { query } from '@anthropic-ai/claude-agent-sdk';

export async function review(change: string) {
  for await (const message of query({ // expect: unbounded-agent-loop
    prompt: \`Review this change: \${change}\`,
    options: { model: 'claude-sonnet-4-6', allowedTools: ['Read', 'Grep'] },
  })) {
    console.log(message);
  }
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


def run(messages, tools, call_tool):
    while True:
        answer = client.messages.create(  # expect: unbounded-agent-loop
            model="claude-sonnet-4-6", max_tokens=2000, tools=tools, messages=messages
        )
        messages.append({"role": "assistant", "content": answer.content})
        if answer.stop_reason != "tool_use":
            return answer
        messages.append({"role": "user", "content": call_tool(answer)})
~~~

## Use instead
~~~ts
import { query } from '@anthropic-ai/claude-agent-sdk';

export async function review(change: string) {
  for await (const message of query({
    prompt: \`Review this change: \${change}\`,
    options: { model: 'claude-sonnet-4-6', allowedTools: ['Read', 'Grep'], maxTurns: 20 },
  })) {
    console.log(message);
  }
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()
MAX_STEPS = 20


def run(messages, tools, call_tool):
    for _ in range(MAX_STEPS):
        answer = client.messages.create(model="claude-sonnet-4-6", max_tokens=2000, tools=tools, messages=messages)
        messages.append({"role": "assistant", "content": answer.content})
        if answer.stop_reason != "tool_use":
            return answer
        messages.append({"role": "user", "content": call_tool(answer)})
    raise RuntimeError("too many steps")
~~~

## Fix safety
Suggested: a run that needs more steps then fails. The fix sets 20; there is none where the limit belongs into an object of a
class. Loops have no fix: say what happens when the limit is
reached.

## References
- Claude Agent SDK: \`maxTurns\`. Google ADK: \`RunConfig.max_llm_calls\`, 500 by default. LangGraph: \`recursion_limit\`.
`,
  *check(call) {
    if (isDemonstration(call)) return;
    const steps = agentSteps(call);
    if (steps === null || (steps.max !== null && steps.max < MANY_STEPS)) return;
    const cost = call.cost.perStep ?? call.cost.perCall;
    yield {
      data: {
        stop: steps.stop,
        max: steps.max,
        costEach: cost === null || cost.basis === 'unknown' ? null : cost.expected,
        parameter: steps.parameter,
      },
      origin: call.origin,
      // A framework that stops by itself, however late, does end.
      severity: steps.max === null ? 'warning' : 'information',
      ...(steps.loop === null ? {} : { related: [{ origin: steps.loop, text: { en: 'The loop.', es: 'El bucle.' } }] }),
      fixes: () => fixesOf(steps, call.origin),
    };
  },
  message: {
    en: ({ stop, max, costEach, parameter }) => {
      const what =
        stop === 'loop'
          ? 'This loop asks the model again until the model stops: nothing limits its rounds'
          : max === null
            ? 'Nothing limits the steps of this agent'
            : `This agent stops by itself only after ${formatCount(max)} steps`;
      const steps = max ?? 100;
      const money =
        costEach === null ? '' : `; ${formatCount(steps)} of them cost at least ${formatDollars(steps * costEach, 2)}`;
      return `${what}${money}. Set a limit${parameter === null ? '' : ` (${parameter})`}, such as ${STEPS}.`;
    },
    es: ({ stop, max, costEach, parameter }) => {
      const what =
        stop === 'loop'
          ? 'Este bucle vuelve a preguntar al modelo hasta que el modelo se detiene: nada limita sus vueltas'
          : max === null
            ? 'Nada limita los pasos de este agente'
            : `Este agente solo se detiene por sí mismo tras ${formatCount(max, 'es')} pasos`;
      const steps = max ?? 100;
      const money =
        costEach === null
          ? ''
          : `; ${formatCount(steps, 'es')} cuestan al menos ${formatDollars(steps * costEach, 2, 'es')}`;
      return `${what}${money}. Pon un límite${parameter === null ? '' : ` (${parameter})`}, por ejemplo ${STEPS}.`;
    },
  },
};

function fixesOf({ parameter, place }: AgentSteps, call: Parameters<typeof whereIs>[1]): readonly Fix[] {
  // A condition is made by a function, which would have to be imported.
  if (place === null || parameter === null || parameter === 'stopWhen') return [];
  const { target } = place;
  const where = whereIs(target.at, call);
  return [
    {
      title: {
        en: `Limit the agent to ${STEPS} steps (${parameter}${where.en})`,
        es: `Limitar el agente a ${STEPS} pasos (${parameter}${where.es})`,
      },
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: STEPS }],
    },
  ];
}
