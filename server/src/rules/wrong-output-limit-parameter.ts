import { isRequest, type LlmCall } from '../calls/call.ts';
import { type OldLimit, oldLimit, refusesOldLimit } from '../calls/facts/refused-limit.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallRule } from './rule.ts';
import { calledFrom, callersOf, type ModelOf, modelsBeside } from './support/feature-calls.ts';

interface Refused {
  /** The model's name, certain or by default. */
  readonly model: string;
  readonly from: string;
  readonly to: string;
}

export const wrongOutputLimitParameter: CallRule<Refused> = {
  scope: 'call',
  id: 'wrong-output-limit-parameter',
  summary: 'The output limit is in a parameter that the model refuses.',
  technique: 'output',
  severity: 'warning',
  fix: 'suggested',
  since: '0.2.0',
  restsOnModel: true,
  needs: [oldLimit],
  documentation: `
## What it does
Reports \`max_tokens\` in a chat completion to one of OpenAI's reasoning models (the o-series, GPT-5 and later), which only take
\`max_completion_tokens\`. If the model comes from callers of your own function, it is reported at the request, once.

Not reported are clients with an address of their own, models that are not known to reason, and SDKs that rename the
parameter themselves (LangChain, the AI SDK, LiteLLM).

## Why is this bad
The request fails, so the code either never ran with this model or handles the failure by asking a second time. It usually
comes with a change of the model alone.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  return client.chat.completions.create({
    model: 'gpt-6-sol',
    max_tokens: 4000, // expect: wrong-output-limit-parameter
    messages: [{ role: 'user', content: question }],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str):
    return client.chat.completions.create(
        model="gpt-6-sol",
        max_tokens=4000,  # expect: wrong-output-limit-parameter
        messages=[{"role": "user", "content": question}],
    )
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function answer(question: string) {
  return client.chat.completions.create({
    model: 'gpt-6-sol',
    max_completion_tokens: 4000,
    messages: [{ role: 'user', content: question }],
  });
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def answer(question: str):
    return client.chat.completions.create(
        model="gpt-6-sol",
        max_completion_tokens=4000,
        messages=[{"role": "user", "content": question}],
    )
~~~

## Fix safety
Suggested: the request is answered from then on. Reasoning counts towards the limit, so a value that was chosen for another
model may be too low.

## References
- OpenAI's SDKs: \`max_tokens\` is deprecated, and "not compatible with o-series models".
`,
  *check(call, context) {
    if (!isRequest(call)) return;
    const limit = oldLimit(call);
    if (limit === null) return;
    const modelOf = modelsBeside(call, context);
    const own = refusingModel(call, call, modelOf);
    const callers = callersOf(call, context.index).filter((one) => refusingModel(one, call, modelOf) !== null);
    const model = own ?? (callers[0] && refusingModel(callers[0], call, modelOf)) ?? null;
    if (model === null) return;
    yield {
      data: { model, from: limit.from, to: limit.to },
      origin: call.outputLimit.origin ?? call.origin,
      ...calledFrom(callers),
      fixes: () => fixesOf(limit),
    };
  },
  message: {
    en: ({ model, from, to }) =>
      `${model} refuses ${from}, so this request fails. Set ${to} instead; reasoning counts towards it, so leave room for that.`,
    es: ({ model, from, to }) =>
      `${model} rechaza ${from}, así que esta petición falla. Usa ${to}; el razonamiento cuenta para ese límite: deja margen.`,
  },
};

/** The name of the call's model if the request then fails; null if it may work. */
function refusingModel(call: LlmCall, request: LlmCall, modelOf: ModelOf): string | null {
  const model = modelOf(call);
  const reasons = model?.capabilities?.reasoning === true && model.provider === request.provider;
  return reasons && refusesOldLimit(request, model.id) ? model.id : null;
}

function fixesOf({ place, to }: OldLimit): readonly Fix[] {
  if (place === null) return [];
  return [
    {
      title: { en: `Rename it to ${to}`, es: `Cambiar el nombre a ${to}` },
      safety: 'suggested',
      operations: [{ kind: 'rename', target: place.target, name: to }],
    },
  ];
}
