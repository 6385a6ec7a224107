import { formatCount, formatDollars } from '@farthing/shared/money';
import { isRequest, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { buildsOnEarlierRounds } from '../calls/facts/loop-rounds.ts';
import {
  type Attempts,
  attemptsInCode,
  type RetriedCall,
  retriedAround,
  type SdkRetries,
  sdkRetries,
} from '../calls/facts/retries.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { whereIs } from './support/describe-location.ts';
import { byPlace, callersOf, isSamePlace, siblingsOf, usedHere } from './support/feature-calls.ts';

interface Stacked {
  /** Requests for one call, by layer, from the outermost inwards. Those of the SDK are the last. */
  readonly attempts: readonly number[];
  /** True if the code does not say how many attempts a layer around these makes. */
  readonly isOpen: boolean;
  /** True if a layer around these tries until it works. */
  readonly isEndless: boolean;
  /** How many further calls have the same cause. */
  readonly others: number;
  /** The highest cost of one request, in nano-dollars; null if unknown. */
  readonly costEach: number | null;
  /** The SDK's parameter, and its value without retries; null if it has none that could be set here. */
  readonly setting: RetrySetting | null;
}

interface RetrySetting {
  readonly parameter: string;
  readonly none: number;
}

/** With fewer requests for one call, a second layer does little harm. */
const LEAST_REQUESTS = 4;
const MANY_REQUESTS = 10;

export const stackedRetries: CallRule<Stacked> = {
  scope: 'call',
  id: 'stacked-retries',
  summary: 'Retries in the code repeat the retries of the SDK: one call becomes many requests.',
  technique: 'runaway',
  severity: 'information',
  fix: 'suggested',
  since: '0.2.0',
  needs: [attemptsInCode, buildsOnEarlierRounds, retriedAround, sdkRetries],
  documentation: `
## What it does
Reports calls that are retried by the code around them (a loop over attempts, a decorator, a helper such as \`pRetry\`, or
LangChain's \`with_retry\`) and once more by the SDK inside, if four requests or more can come of one call.

If a call of your own function is retried, and the function's request retries as well, it is reported at the outer call. If
that call stands between the request and the calls that decide what it says, such as in a client class, it is reported at the
request, with the retried call as related location. Several requests of one function, and several calls that lead to one request, are reported once, at the first.

Attempts that nothing limits are reported as well (tenacity without \`stop\`, backoff without \`max_tries\` or \`max_time\`).

Of an endless loop, the number is what its counter is compared with where the loop is left. If the code does not say how many
attempts it makes, the finding is only likely. Not reported are loops that try other models or keys, notebooks, and SDKs of which it is not known whether they retry. The SDKs' defaults count: two retries with OpenAI, Anthropic, Groq, Cohere, LiteLLM
and the AI SDK, six with LangChain in TypeScript, four with boto3.

Severity: a warning from ten requests on, and where nothing limits the attempts.

## Why is this bad
The layers multiply: three attempts around three are nine requests. While a provider is overloaded, that keeps users waiting
and fills the rate limits, and each answer that arrives too late is billed. The sum in the message is that worst case.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-5.4', max_output_tokens: 800, input: question }); // expect: stacked-retries
    } catch (error) {
      console.warn(error);
    }
  }
  return null;
}
~~~

~~~py
from openai import OpenAI
from tenacity import retry, stop_after_attempt

client = OpenAI()


@retry(stop=stop_after_attempt(5))
def answer(question: str):
    return client.responses.create(model="gpt-5.4", max_output_tokens=800, input=question)  # expect: stacked-retries
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 4 });

export async function answer(question: string) {
  return client.responses.create({ model: 'gpt-5.4', max_output_tokens: 800, input: question });
}
~~~

~~~py
from openai import OpenAI
from tenacity import retry, stop_after_attempt

client = OpenAI(max_retries=0)


@retry(stop=stop_after_attempt(5))
def answer(question: str):
    return client.responses.create(model="gpt-5.4", max_output_tokens=800, input=question)
~~~

## Fix safety
Suggested: it sets the SDK's retries to 0, so other calls of the same client are no longer retried. The SDK's own retries
know which errors are worth one and how long the provider asks to wait; keep those instead if your own do not.

## References
- OpenAI, Anthropic: \`maxRetries\` and \`max_retries\`, two by default. AI SDK: \`maxRetries\`.
`,
  *check(call, { index }) {
    const stack = stackOf(call, index);
    if (stack === null) return;
    const [first, ...others] = sameCause(call, index).filter((other) => stackOf(other, index) !== null);
    if (first !== undefined && first !== call) return;
    const { attempts, isEndless, isOpen, own, request, around } = stack;
    const cost = call.cost.perCall ?? call.cost.perStep;
    const atRequest =
      request === call ? [] : [{ origin: request.origin, text: { en: 'The request.', es: 'La petición.' } }];
    const further = around.map(({ origin }) => ({ origin, text: { en: 'Retried here.', es: 'Se reintenta aquí.' } }));
    const related = [...atRequest, ...further, ...(usedHere(others).related ?? [])];
    yield {
      data: {
        attempts,
        isOpen,
        isEndless,
        others: others.length,
        costEach: cost === null || cost.basis === 'unknown' ? null : cost.high,
        setting: own === null ? null : settingOf(own),
      },
      origin: call.origin,
      severity: isEndless || productOf(attempts) >= MANY_REQUESTS ? 'warning' : 'information',
      ...(isOpen ? { confidence: 'likely' as const } : {}),
      ...(related.length === 0 ? {} : { related }),
      fixes: () => (request === call ? fixesOf(call) : []),
    };
  },
  message: {
    en: ({ attempts, isEndless, isOpen, others, costEach, setting }) => {
      if (isEndless) {
        return `Nothing limits the attempts here, and each is up to ${formatCount(productOf(attempts))} requests of the SDK${costEach === null ? '' : ` (up to ${formatDollars(productOf(attempts) * costEach)})`}. Stop after a few attempts, and let only one layer retry.${moreCalls(others)}`;
      }
      const total = productOf(attempts);
      const money = costEach === null ? '' : ` (up to ${formatDollars(total * costEach)}, if all are billed)`;
      const which = setting === null ? '' : `: set ${setting.parameter} to ${setting.none}, or remove the others`;
      if (isOpen) {
        return `Retries multiply: each attempt here is up to ${formatCount(total)} requests${money}. Let only one layer retry${which}.${moreCalls(others)}`;
      }
      return `Retries multiply: ${attempts.join(' x ')} attempts make up to ${formatCount(total)} requests of one call${money}. Let only one layer retry${which}.${moreCalls(others)}`;
    },
    es: ({ attempts, isEndless, isOpen, others, costEach, setting }) => {
      if (isEndless) {
        return `Nada limita aquí los intentos, y cada uno son hasta ${formatCount(productOf(attempts), 'es')} peticiones del SDK${costEach === null ? '' : ` (hasta ${formatDollars(productOf(attempts) * costEach, 4, 'es')})`}. Detente tras unos pocos intentos y deja que reintente una sola capa.${moreCallsInSpanish(others)}`;
      }
      const total = productOf(attempts);
      const money =
        costEach === null ? '' : ` (hasta ${formatDollars(total * costEach, 4, 'es')}, si se facturan todas)`;
      const which = setting === null ? '' : `: pon ${setting.parameter} a ${setting.none} o quita los demás`;
      if (isOpen) {
        return `Los reintentos se multiplican: cada intento son aquí hasta ${formatCount(total, 'es')} peticiones${money}. Que reintente una sola capa${which}.${moreCallsInSpanish(others)}`;
      }
      return `Los reintentos se multiplican: ${attempts.join(' x ')} intentos hacen hasta ${formatCount(total, 'es')} peticiones de una llamada${money}. Que reintente una sola capa${which}.${moreCallsInSpanish(others)}`;
    },
  },
};

interface Stack extends Pick<Stacked, 'attempts' | 'isEndless' | 'isOpen'> {
  readonly own: SdkRetries | null;
  readonly request: LlmCall;
  /** The calls further out that are made again with the request in them. */
  readonly around: readonly RetriedCall[];
}

/** The layers that retry the call; null if it is only one, or if they do little harm. */
function stackOf(call: LlmCall, index: CallIndex): Stack | null {
  const around = isRequest(call) ? retriedOutside(call, index) : [];
  const layers = [...attemptsInCode(call), ...around.flatMap(({ attempts }) => attempts)];
  const isEndless = layers.includes('endless');
  const outer = knownAttempts(layers);
  // A round that reads what an earlier one left asks something else.
  const isOpen = outer.length === 0 && !isEndless && layers.includes(null) && !buildsOnEarlierRounds(call);
  if ((outer.length === 0 && !isEndless && !isOpen) || isDemonstration(call)) return null;
  const requests = isRequest(call) ? [call] : index.requestsOf(call);
  const [request] = requests;
  if (request === undefined) return null;
  const inner = request === call || requests.length > 1 ? [] : knownAttempts(attemptsInCode(request));
  const least = leastRetries(requests);
  const own = least === null || least.count === 0 ? null : least;
  const attempts = [...outer, ...inner, ...(own === null ? [] : [own.count + 1])];
  const isHarmless = attempts.length < 2 || productOf(attempts) < LEAST_REQUESTS;
  const isAlone = isEndless ? attempts.length === 0 : isOpen ? own === null : isHarmless;
  return isAlone ? null : { attempts, isEndless, isOpen, own, request, around };
}

/** Where code outside the request's function retries it: between it and the feature calls, or, without these, in a loop of its file. */
function retriedOutside(request: LlmCall, index: CallIndex): readonly RetriedCall[] {
  const callers = callersOf(request, index);
  if (callers.length === 0) return retriedAround(request);
  // Of several requests that a feature call may lead to, its facts are about the first.
  const leading = callers.filter(({ via }) => isSamePlace(via.at(-1)?.origin ?? null, request.origin));
  const [longest = []] = leading.map(retriedAround).toSorted((a, b) => b.length - a.length);
  // A retried call that is itself a feature call has the finding.
  return longest.filter((one) => !callers.some(({ origin }) => isSamePlace(origin, one.origin)));
}

/** The calls among which one finding is enough, sorted by place: those of one function, of one retried call, or behind which one request retries. */
function sameCause(call: LlmCall, index: CallIndex): readonly LlmCall[] {
  if (!isRequest(call)) return siblingsOf(call, index);
  const { origin, function: name } = call;
  const around = retriedOutside(call, index);
  const isSameLayer = (one: RetriedCall, other: RetriedCall): boolean =>
    isSamePlace(one.origin, other.origin) ||
    (one.function !== null && one.function === other.function && one.origin.path === other.origin.path);
  const isSharing = (other: LlmCall): boolean =>
    (name !== null && other.origin.path === origin.path && other.function === name) ||
    (around.length > 0 && retriedOutside(other, index).some((one) => around.some((layer) => isSameLayer(layer, one))));
  return index
    .calls()
    .filter((other) => isRequest(other) && (other === call || isSharing(other)))
    .toSorted(byPlace);
}

function moreCalls(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' 1 more call does the same.' : ` ${formatCount(count)} more calls do the same.`;
}

function moreCallsInSpanish(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' 1 llamada más hace lo mismo.' : ` ${formatCount(count, 'es')} llamadas más hacen lo mismo.`;
}

/** The layers of the code that can make more than one request, from the outermost inwards. */
function knownAttempts(layers: readonly Attempts[]): readonly number[] {
  return layers.flatMap((count) => (typeof count === 'number' && count > 1 ? [count] : [])).toReversed();
}

/** What the SDK does at least, whichever of the requests it is; null if that is not known of one. */
function leastRetries(requests: readonly LlmCall[]): SdkRetries | null {
  const all = requests.map((request) => sdkRetries(request));
  const known = all.flatMap((one) => one ?? []);
  const [least] = known.toSorted((a, b) => a.count - b.count);
  return least === undefined || known.length < all.length ? null : least;
}

function productOf(attempts: readonly number[]): number {
  return attempts.reduce((product, count) => product * count, 1);
}

function settingOf({ place, none }: SdkRetries): RetrySetting | null {
  const parameter = place?.target.path.at(-1);
  return typeof parameter === 'string' ? { parameter, none } : null;
}

function fixesOf(call: LlmCall): readonly Fix[] {
  const own = sdkRetries(call);
  const setting = own === null || own.count === 0 ? null : settingOf(own);
  if (own?.place == null || setting === null) return [];
  const { target } = own.place;
  const { parameter, none } = setting;
  const where = whereIs(target.at, call.origin);
  return [
    {
      title: {
        en: `Leave retrying to the code around the call (${parameter}: ${none}${where.en})`,
        es: `Dejar los reintentos al código que rodea la llamada (${parameter}: ${none}${where.es})`,
      },
      safety: 'suggested',
      operations: [{ kind: 'set', target, value: none }],
    },
  ];
}
