import type { Localised } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { isProductCode, isRequest, type LlmCall } from '../calls/call.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { sdkRetries } from '../calls/facts/retries.ts';
import { type MissingTimeout, missingTimeout as missingTimeoutOf } from '../calls/facts/timeout.ts';
import type { Fix } from '../edits/fix.ts';
import type { ProjectFinding, ProjectRule } from './rule.ts';
import { usedHere } from './support/feature-calls.ts';

interface Missing {
  readonly sdk: string;
  /** Null where the SDK never gives up. */
  readonly seconds: number | null;
  /** Requests that the SDK makes of one call, if each of them fails. */
  readonly attempts: number;
  /** Calls without a timeout. */
  readonly calls: number;
}

/** What the fix sets, in seconds: long enough for a long answer. */
const SECONDS = 120;

export const missingTimeout: ProjectRule<Missing> = {
  scope: 'project',
  id: 'missing-timeout',
  summary: "Requests have no timeout but the SDK's own, which is ten minutes for each attempt, or none.",
  technique: 'runaway',
  severity: 'information',
  fix: 'suggested',
  since: '0.2.0',
  isPreview: true,
  needs: [missingTimeoutOf, sdkRetries],
  documentation: `
## What it does
Reports clients without a timeout, in projects that answer requests or run jobs: once for each SDK, at the first call, with the
others as related places. It knows what these SDKs do by themselves: OpenAI, Anthropic and LiteLLM give up after ten minutes;
Google's Gen AI SDK never does.

Not reported are modules that limit the time in any other way (an abort signal, \`wait_for\`, a deadline, \`maxDuration\` or a
\`runtime\` of the platform), clients whose construction is not known, scripts, notebooks, tests and examples.

## Why is this bad
Requests sometimes hang. Until the timeout, each holds a worker, a connection and a user; then the SDK starts again, and an
answer that arrives too late may be billed all the same. Ten minutes and two retries are half an hour for one call.

## Example
~~~ts
import express from 'express';
import OpenAI from 'openai';

const app = express();
const client = new OpenAI();

app.post('/answer', async (request, response) => {
  const input = String(request.query.question);
  response.json(await client.responses.create({ model: 'gpt-6-sol', max_output_tokens: 800, input })); // expect: missing-timeout
});
~~~

~~~py
from anthropic import Anthropic
from fastapi import FastAPI

app = FastAPI()
client = Anthropic()


@app.post("/answer")
def answer(question: str):
    return client.messages.create(  # expect: missing-timeout
        model="claude-haiku-5-5",
        max_tokens=800,
        messages=[{"role": "user", "content": question}],
    )
~~~

## Use instead
~~~ts
import express from 'express';
import OpenAI from 'openai';

const app = express();
const client = new OpenAI({ timeout: 120_000, maxRetries: 1 });

app.post('/answer', async (request, response) => {
  const input = String(request.query.question);
  response.json(await client.responses.create({ model: 'gpt-6-sol', max_output_tokens: 800, input }));
});
~~~

~~~py
from anthropic import Anthropic
from fastapi import FastAPI

app = FastAPI()
client = Anthropic(timeout=120, max_retries=1)


@app.post("/answer")
def answer(question: str):
    return client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=800,
        messages=[{"role": "user", "content": question}],
    )
~~~

## Fix safety
Suggested: an answer that takes longer now fails. It sets two minutes, at the first client; raise it for long answers and for
reasoning, or stream those.

## References
- OpenAI, Anthropic: \`timeout\`, 10 minutes by default, and \`max_retries\`, 2. LiteLLM: \`timeout\`, 600 seconds.
- Google Gen AI: \`httpOptions.timeout\`, in milliseconds.
`,
  *check(index) {
    const calls = index.calls();
    if (!calls.some(isServing)) return;
    const found = calls.filter((call) => isOpen(call) && index.isShown(call));
    for (const calls of Map.groupBy(found, ({ sdk }) => sdk).values()) yield* findingAt(calls);
  },
  message: {
    en: ({ sdk, seconds, attempts, calls }) => {
      const where = calls === 1 ? 'No timeout here' : `No timeout here and in ${more(calls - 1)}`;
      return `${where}: ${sdk} ${endOf(seconds, attempts).en}. Set a timeout of a minute or two.`;
    },
    es: ({ sdk, seconds, attempts, calls }) => {
      const where = calls === 1 ? 'Aquí no hay timeout' : `No hay timeout aquí ni en ${moreInSpanish(calls - 1)}`;
      return `${where}: ${sdk} ${endOf(seconds, attempts).es}. Pon un timeout de uno o dos minutos.`;
    },
  },
};

function more(count: number): string {
  return count === 1 ? '1 more call' : `${formatCount(count)} more calls`;
}

function moreInSpanish(count: number): string {
  return count === 1 ? '1 llamada más' : `${formatCount(count, 'es')} llamadas más`;
}

/** How a request that hangs ends. */
function endOf(seconds: number | null, attempts: number): Localised {
  if (seconds === null) {
    return {
      en: 'never gives up by itself, so a request that hangs holds its worker for good',
      es: 'nunca se rinde por sí mismo, así que una petición colgada ocupa su proceso para siempre',
    };
  }
  const each = minutes(seconds);
  if (attempts === 1) {
    return {
      en: `gives up after ${each} minutes, and a request that hangs holds its worker so long`,
      es: `se rinde tras ${each} minutos, y una petición colgada ocupa su proceso ese tiempo`,
    };
  }
  return {
    en: `gives up after ${each} minutes and tries ${attempts} times, so a call that hangs holds its worker for ${minutes(seconds * attempts)} minutes`,
    es: `se rinde tras ${each} minutos y lo intenta ${attempts} veces, así que una llamada colgada ocupa su proceso ${minutes(seconds * attempts)} minutos`,
  };
}

/** True where a user or a queue waits for the call. A program that is run by hand can be stopped by hand. */
function isServing(call: LlmCall): boolean {
  return (call.reachedFrom === 'handler' || call.reachedFrom === 'job') && isProductCode(call);
}

function isOpen(call: LlmCall): boolean {
  const isProduct = call.reachedFrom !== 'script' && !isDemonstration(call) && isProductCode(call);
  return isProduct && isRequest(call) && missingTimeoutOf(call) !== null;
}

/** One finding for all calls of an SDK: what is missing in one client is missing in the next. */
function* findingAt(calls: readonly LlmCall[]): Iterable<ProjectFinding<Missing>> {
  const [first, ...rest] = calls;
  const missing = first === undefined ? null : missingTimeoutOf(first);
  if (first === undefined || missing === null) return;
  yield {
    call: first,
    data: {
      sdk: first.sdk,
      seconds: missing.seconds,
      attempts: (sdkRetries(first)?.count ?? 0) + 1,
      calls: calls.length,
    },
    origin: first.origin,
    ...usedHere(rest),
    fixes: () => fixesOf(missing),
  };
}

function fixesOf({ place, unit }: MissingTimeout): readonly Fix[] {
  if (place === null) return [];
  const value = unit === 'seconds' ? SECONDS : SECONDS * 1_000;
  return [
    {
      title: {
        en: `Give up after ${minutes(SECONDS)} minutes (${place.target.path.join('.')})`,
        es: `Rendirse tras ${minutes(SECONDS)} minutos (${place.target.path.join('.')})`,
      },
      safety: 'suggested',
      operations: [{ kind: 'set', target: place.target, value }],
    },
  ];
}

function minutes(seconds: number): number {
  return Math.round(seconds / 60);
}
