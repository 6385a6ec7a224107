import { describe, expect, it } from 'vitest';
import type { AgentSteps } from '../calls/facts/agent-steps.ts';
import { CALL_ORIGIN, check, exactly, findingsOf, LOOP_ORIGIN, testCall } from './support/testing.ts';
import { unboundedAgentLoop } from './unbounded-agent-loop.ts';

const place = { target: { at: CALL_ORIGIN, position: 0, path: ['options', 'maxTurns'] }, after: null };
const cost = { perCall: null, perMonth: null, perStep: exactly(10_000_000, 'assumed'), perRun: null, units: null };
const agent = (agentSteps: AgentSteps | null) => testCall({ family: 'agent', cost, facts: { agentSteps } });

describe('unbounded-agent-loop', () => {
  it('says what stops the agent, what that costs, and which limit to set', () => {
    expect(
      check(unboundedAgentLoop, agent({ stop: 'default', max: 500, parameter: 'maxTurns', place, loop: null })),
    ).toEqual([
      {
        message:
          'This agent stops by itself only after 500 steps; 500 of them cost at least $5.00. Set a limit (maxTurns), such as 20.',
        origin: CALL_ORIGIN,
        severity: 'information',
      },
    ]);
    expect(
      check(
        unboundedAgentLoop,
        agent({ stop: 'unlimited', max: null, parameter: 'maxTurns', place, loop: null }),
        {},
        'es',
      ),
    ).toMatchObject([
      {
        message:
          'Nada limita los pasos de este agente; 100 cuestan al menos 1,00\u00A0$. Pon un límite (maxTurns), por ejemplo 20.',
      },
    ]);
  });

  it('shows the loop that nothing limits, and offers no edit for it', () => {
    const steps: AgentSteps = { stop: 'loop', max: null, parameter: null, place: null, loop: LOOP_ORIGIN };
    const call = testCall({ facts: { agentSteps: steps } });
    const [finding] = check(unboundedAgentLoop, call);
    expect(finding?.message).toContain('nothing limits its rounds; 100 of them cost at least $0.31');
    expect(finding?.related).toMatchObject([{ origin: LOOP_ORIGIN }]);
    expect(findingsOf(unboundedAgentLoop, call)[0]?.fixes?.()).toEqual([]);
  });

  it('sets a limit', () => {
    const [finding] = findingsOf(
      unboundedAgentLoop,
      agent({ stop: 'unlimited', max: null, parameter: 'maxTurns', place, loop: null }),
    );
    expect(finding?.fixes?.()[0]?.operations).toEqual([{ kind: 'set', target: place.target, value: 20 }]);
  });

  it('says nothing where the framework stops early, or nothing is known', () => {
    expect(
      check(unboundedAgentLoop, agent({ stop: 'default', max: 20, parameter: 'maxTurns', place, loop: null })),
    ).toEqual([]);
    expect(check(unboundedAgentLoop, agent(null))).toEqual([]);
  });
});
