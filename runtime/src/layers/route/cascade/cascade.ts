/**
 * The cascade: the cheapest tier is asked first, and its answer is checked before anybody sees it. If it does not pass, the
 * next tier is asked; what the last one says is passed on unchecked. Every request on the way is metered and budgeted.
 */
import type { Emit } from '../../../core/events.ts';
import type { Exchange, Reply, Send } from '../../../core/pipeline.ts';
import { secretsOf, withoutSecrets } from '../../../core/secrets.ts';
import { orAborted } from '../../../support/abort.ts';
import { type Redirected, type RedirectTools, redirect } from '../../support/redirect.ts';
import type { Comparison } from '../comparison.ts';
import { type RouteTarget, targetOf } from '../tier-schema.ts';
import { agreementOf } from './agreement.ts';
import { askingForLogProbabilities, confidenceOf, withoutThem } from './confidence.ts';
import type { CheckedAnswer, FilledCascade } from './options.ts';
import { createStructureCheck, type FindProblem } from './structure.ts';
import { verify } from './verifier.ts';
import { askWhole, type WholeAnswer } from './whole-answer.ts';

export interface Step {
  readonly tier: string;
  readonly target: RouteTarget;
}

export interface CascadeTools extends RedirectTools {
  readonly emit: Emit;
  readonly isShadow: boolean;
}

type Asked = Extract<Redirected, { readonly reason: null }>;

type Outcome =
  /** `why` says what the answer passed. */
  | { readonly reply: Reply; readonly why: string }
  /** Not accepted, or not even answered. */
  | { readonly reply: null; readonly why: string };

/** @param steps in the order in which they are asked, the dearest last */
export type Cascade = (
  exchange: Exchange,
  next: Send,
  steps: readonly Step[],
  comparison: Comparison,
) => Promise<Reply>;

export function createCascade(options: FilledCascade, tools: CascadeTools): Cascade {
  const { deadline, onDeadline } = options;

  const cascaded: Cascade = async (exchange, next, steps, comparison) => {
    const { log } = exchange;
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return next(exchange);
    if (tools.isShadow) {
      decideRouted(exchange, first, 'it would be asked first', true);
      return next(exchange);
    }
    const findProblem = createStructureCheck(exchange);
    const limit = startLimit(deadline, exchange.signal);
    try {
      for (const step of steps.slice(0, -1)) {
        if (limit.isPast()) break;
        const asked = askedFor(exchange, step);
        if (asked === null) continue;
        const outcome = await ask({ exchange, asked, step, findProblem, next, limit });
        exchange.signal?.throwIfAborted();
        if (outcome.reply === null) {
          log.decide({
            layer: 'route',
            outcome: 'escalated',
            tier: step.tier,
            model: step.target.model,
            reason: outcome.why,
          });
          continue;
        }
        // A budget that has no room for this tier has none for a dearer one.
        if (outcome.reply.origin === 'refusal') return asked.restore(outcome.reply);
        decideRouted(exchange, step, outcome.why);
        return comparison.enter(await asked.restore(outcome.reply), step.target.model);
      }
    } finally {
      limit.end();
    }
    const asked = redirectTo(exchange, last);
    if (asked === null) return next(exchange);
    decideRouted(exchange, last, 'it is the last tier');
    return comparison.enter(await asked.restore(await next(asked.exchange)), last.target.model);
  };

  /** Null if its answer could not be checked: then it is not paid for. */
  function askedFor(exchange: Exchange, step: Step): Asked | null {
    const asked = redirectTo(exchange, step);
    if (asked === null || options.confidence === undefined) return asked;
    const own = askingForLogProbabilities(asked.exchange);
    if (own !== null) return { ...asked, exchange: own };
    skip(exchange, `${step.target.model} cannot be checked: ${asked.exchange.codec.name} has no log-probabilities`);
    return null;
  }

  function redirectTo(exchange: Exchange, { target }: Step): Asked | null {
    const redirected = redirect(exchange, target, tools);
    if (redirected.exchange !== null) return redirected;
    skip(exchange, `${target.model} cannot be asked: ${redirected.reason}`);
    return null;
  }

  async function ask(question: Question): Promise<Outcome> {
    const { exchange, asked, next, limit } = question;
    const own = { ...asked.exchange, signal: limit.signal };
    let formed: WholeAnswer | null = null;
    try {
      const answer = await askWhole(own, next);
      const { reply } = answer;
      if (reply.origin === 'refusal') return { reply, why: 'refused' };
      if (reply.status >= 400) return { reply: null, why: `status ${reply.status}` };
      const confidence = options.confidence === undefined ? null : confidenceOf(answer);
      const plain = confidence === null ? answer : shown(answer, exchange);
      const problem = question.findProblem(plain, own);
      if (problem !== null) return { reply: null, why: problem };
      formed = plain;
      const passed = await checks({ ...question, answer: plain, own, confidence });
      if (passed.problem !== null) return { reply: null, why: passed.problem };
      return { reply: plain.reply, why: passed.why };
    } catch (error) {
      exchange.signal?.throwIfAborted();
      if (!limit.isPast()) return { reply: null, why: `it failed: ${withoutSecrets(String(error), secretsOf(own))}` };
      const why = `not accepted within ${(deadline ?? 0) / 1000} s`;
      if (formed === null || onDeadline !== 'accept') return { reply: null, why };
      // Such an answer is passed on, but not kept for others.
      exchange.log.markSubstituted();
      return { reply: formed.reply, why: `${why}, and given as it is` };
    }
  }

  /** From the cheapest check to the dearest. */
  async function checks({ exchange, step, answer, own, confidence, next }: Checked) {
    const passed = ['well-formed'];
    const failed = (problem: string) => ({ problem, why: '' });
    if (options.confidence !== undefined) {
      if (confidence === null) return failed('it has no log-probabilities');
      const stated = `confidence ${confidence.toFixed(2)}`;
      if (confidence < options.confidence) return failed(`${stated}, below ${options.confidence}`);
      passed.push(stated);
    }
    if (options.check !== undefined) {
      const problem = await checkOf({ ...exchange, signal: own.signal }, step, answer);
      if (problem !== null) return failed(problem);
      passed.push('the check of the application');
    }
    if (options.agreement !== undefined) {
      const second = await askWhole(own, next);
      const agreement = second.reply.status < 400 ? agreementOf(answer.content, second.content) : 0;
      const stated = `a second answer agrees to ${Math.round(agreement * 100)}%`;
      if (agreement < options.agreement) return failed(stated);
      passed.push(stated);
    }
    if (options.verifier !== undefined) {
      const signal = own.signal;
      const problem = await verify({ ...exchange, signal }, answer, targetOf(options.verifier), { ...tools, next });
      if (problem !== null) return failed(problem);
      passed.push('the verifier');
    }
    return { problem: null, why: `accepted: ${passed.join(', ')}` };
  }

  async function checkOf(exchange: Exchange, { tier, target }: Step, { content }: WholeAnswer): Promise<string | null> {
    const { id, context, payload, signal } = exchange;
    const checked: CheckedAnswer = {
      tier,
      model: target.model,
      feature: context.feature,
      request: payload.json ?? {},
      text: content.texts.get(0) ?? '',
      calls: content.calls,
    };
    try {
      const isAccepted = await orAborted(Promise.resolve(options.check?.(checked)), signal);
      return isAccepted === true ? null : 'the check of the application does not accept it';
    } catch (error) {
      signal?.throwIfAborted();
      tools.emit({ type: 'layer-failed', call: id, layer: 'route', effect: 'open', error });
      return 'the check of the application threw';
    }
  }

  return cascaded;
}

interface Question {
  readonly exchange: Exchange;
  readonly asked: Asked;
  readonly step: Step;
  readonly findProblem: FindProblem;
  readonly next: Send;
  readonly limit: Limit;
}

interface Checked extends Pick<Question, 'exchange' | 'step' | 'next'> {
  readonly answer: WholeAnswer;
  /** The request as it was sent. */
  readonly own: Exchange;
  readonly confidence: number | null;
}

/** Without log-probabilities, if the application did not ask for them. */
function shown(answer: WholeAnswer, { payload, codec }: Exchange): WholeAnswer {
  const { json } = payload;
  const asksItself = json !== null && JSON.stringify(codec.withLogProbabilities?.(json)) === JSON.stringify(json);
  return asksItself ? answer : withoutThem(answer);
}

function decideRouted({ log }: Exchange, { tier, target }: Step, reason: string, isShadow = false): void {
  log.decide({ layer: 'route', outcome: 'routed', tier, model: target.model, reason, isShadow });
}

function skip({ log }: Exchange, reason: string): void {
  log.decide({ layer: 'route', outcome: 'skipped', reason });
}

interface Limit {
  readonly signal: AbortSignal | null;
  readonly isPast: () => boolean;
  readonly end: () => void;
}

/** A deadline joined with the caller's own signal, on which nothing stays when it has ended. */
function startLimit(deadline: number | undefined, outer: AbortSignal | null): Limit {
  if (deadline === undefined) return { signal: outer, isPast: () => false, end: () => {} };
  const controller = new AbortController();
  let isPast = false;
  const stop = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) stop();
  else outer?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    isPast = true;
    controller.abort(new DOMException('The deadline of the cascade has passed.', 'TimeoutError'));
  }, deadline);
  return {
    signal: controller.signal,
    isPast: () => isPast,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
