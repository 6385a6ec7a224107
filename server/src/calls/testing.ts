/** The calls of a small module, for tests of what is said about them. */
import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { Evaluator } from '../evaluate/evaluator.ts';
import { memoryHost } from '../evaluate/test-host.ts';
import { createRegistry } from '../sdks/registry.ts';
import { createWalker } from '../sdks/walk.ts';
import { analyseModule } from './analyse.ts';
import type { LlmCall } from './call.ts';
import type { Assumptions } from './estimate/estimate.ts';
import { answerLabels } from './facts/answer-labels.ts';
import { isUnattended } from './facts/attendance.ts';
import { cacheMarkings } from './facts/cache-marking.ts';
import { embeddedTexts } from './facts/embedded-texts.ts';
import type { CodeFact } from './facts/fact.ts';
import { limitPlace } from './facts/limit-place.ts';
import { buildsOnEarlierRounds } from './facts/loop-rounds.ts';
import { steersLoop } from './facts/loop-steering.ts';
import { attemptsInCode, retriedAround, sdkRetries } from './facts/retries.ts';

const EVERY_FACT = [
  answerLabels,
  buildsOnEarlierRounds,
  cacheMarkings,
  embeddedTexts,
  isUnattended,
  limitPlace,
  attemptsInCode,
  retriedAround,
  steersLoop,
  sdkRetries,
];

export function callsIn(
  path: string,
  text: string,
  facts: readonly CodeFact<unknown>[] = EVERY_FACT,
  assumptions: Partial<Assumptions> = {},
): readonly LlmCall[] {
  return analyseModule(path, {
    evaluator: new Evaluator(memoryHost({ [path]: text })),
    walker: createWalker(createRegistry()),
    catalogue: createCatalogue({ now: new Date('2026-11-22T00:00:00Z') }),
    assumptions: {
      hole: { low: 20, expected: 200, high: 2_000 },
      output: { low: 50, expected: 300, high: 1_000 },
      ...assumptions,
    },
    relativePath: (absolute) => absolute.slice(1),
    idPath: (absolute) => absolute.slice(1),
    callsPerMonth: () => null,
    declaredModels: () => null,
    facts,
  });
}

/** The call of a module that has one. */
export function onlyCall(...module: Parameters<typeof callsIn>): LlmCall {
  const [path] = module;
  const calls = callsIn(...module);
  const [call] = calls;
  if (call === undefined || calls.length !== 1) throw new Error(`${calls.length} calls in ${path}`);
  return call;
}

/** The calls of a module as lines: `sdk api provider model`, then the limit and the system prompt if there are any. */
export function linesIn(path: string, text: string): readonly string[] {
  return callsIn(path, text, []).map(({ sdk, api, provider, model, outputLimit, system }) =>
    [
      `${sdk} ${api} ${provider} ${model.value ?? `(${model.hint ?? ''})`}`,
      ...(outputLimit.tokens === null ? [] : [String(outputLimit.tokens)]),
      ...(system === 'none' ? [] : [system]),
    ].join(' '),
  );
}
