import { formatCount } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { LlmCall } from '../calls/call.ts';
import { embeddedTexts } from '../calls/facts/embedded-texts.ts';
import type { Fix } from '../edits/fix.ts';
import type { Origin } from '../ir/origin.ts';
import type { CallRule } from './rule.ts';
import { callsInLoop, functionName } from './support/describe-location.ts';

interface SingleTexts {
  /** The function that a caller's loop calls for each text; null if the loop is in the call's own function. */
  readonly calledFunction: string | null;
  /** The maximum number of texts per request; null if it is not published. */
  readonly max: number | null;
}

export const embeddingInLoop: CallRule<SingleTexts> = {
  scope: 'call',
  id: 'embedding-in-loop',
  summary: 'A loop embeds one text per request, though the endpoint takes an array.',
  technique: 'repetition',
  severity: 'information',
  fix: 'suggested',
  since: '0.1.0',
  needs: [embeddedTexts],
  documentation: `
## What it does
Reports embedding calls in a loop over items (a loop, a \`map\`, a comprehension, a gathered list of tasks) that send a single
text each time, if the provider's endpoint takes an array of texts. A function that embeds one text is reported too if a loop
in the same file calls it for each item.

It is always reported at the request: the texts are data, so a call of your own function that embeds one is no feature call.

Not reported are inputs that may already be arrays (\`for batch in batches\`), retry loops, and APIs that take only one text.

## Why is this bad
The price per token and the vectors are the same, but you pay in time and rate limits: one round trip per text instead of one
for hundreds, and a job that hits the request limit long before the token limit.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function index(texts: string[]) {
  const vectors: number[][] = [];
  for (const text of texts) {
    const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: text.trim() }); // expect: embedding-in-loop
    vectors.push(answer.data[0]!.embedding);
  }
  return vectors;
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def index(texts: list[str]):
    return [
        client.embeddings.create(model="text-embedding-3-small", input=[text]).data[0].embedding  # expect: embedding-in-loop
        for text in texts
    ]
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function index(texts: string[]) {
  const vectors: number[][] = [];
  for (let start = 0; start < texts.length; start += 500) {
    const batch = texts.slice(start, start + 500);
    const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: batch });
    vectors.push(...answer.data.map((item) => item.embedding));
  }
  return vectors;
}
~~~

~~~py
from openai import OpenAI

client = OpenAI()


def index(texts: list[str]):
    vectors = []
    for start in range(0, len(texts), 500):
        answer = client.embeddings.create(model="text-embedding-3-small", input=texts[start : start + 500])
        vectors.extend(item.embedding for item in answer.data)
    return vectors
~~~

## Fix safety
Suggested, for loops that only embed texts and collect the vectors, over what is clearly a list of texts. The fix sends all
of them in one request. That fails for an empty list, and for more texts or tokens than the endpoint takes in one request:
send slices instead. Rewrite any other loop by hand.

## References
- OpenAI \`embeddings\`: an array of at most 2,048 texts. Cohere \`embed\`: at most 96. Vertex AI: at most 250, but one with
  \`gemini-embedding-001\`.
- AI SDK \`embedMany\`; LangChain \`embedDocuments\` and \`embed_documents\`.
`,
  *check(call) {
    if (call.family !== 'embedding') return;
    const loop = loopOverTexts(call);
    if (loop === null) return;
    const { embeddingArray, singleEmbeddingModels } = PROVIDER_TABLE[call.provider];
    if (embeddingArray === undefined) return;
    const model = call.model.value ?? call.model.hint;
    if (singleEmbeddingModels !== undefined && (model === null || singleEmbeddingModels.test(model))) return;

    yield {
      data: { calledFunction: loop.isCallers ? functionName(call) : null, max: embeddingArray.max },
      origin: call.origin,
      related:
        loop.origin === null
          ? []
          : [
              { origin: loop.origin, text: { en: 'The loop over the texts.', es: 'El bucle sobre los textos.' } },
              ...(loop.isCallers ? callsInLoop(call) : []),
            ],
      fixes: () => fixesOf(call, embeddingArray.max),
    };
  },
  message: {
    en: ({ calledFunction, max }) => {
      const texts = max === null ? 'many texts' : `up to ${formatCount(max)} texts`;
      const array = `The endpoint takes an array: same price, one round trip for ${texts}.`;
      return calledFunction === null
        ? `One request per text. ${array} Collect the texts and send them in slices.`
        : `One request per text: a loop calls ${calledFunction} for each. ${array} Let ${calledFunction} take all texts and send them in slices.`;
    },
    es: ({ calledFunction, max }) => {
      const texts = max === null ? 'muchos textos' : `hasta ${formatCount(max, 'es')} textos`;
      const array = `La API acepta una lista: mismo precio, una petición para ${texts}.`;
      return calledFunction === null
        ? `Una petición por texto. ${array} Reúne los textos y envíalos en bloques.`
        : `Una petición por texto: un bucle llama a ${calledFunction} para cada uno. ${array} Haz que ${calledFunction} reciba todos los textos y los envíe en bloques.`;
    },
  },
};

/**
 * The loop that makes a request for each text: the call's own, or one around a call of its function, which may be a
 * retry.
 */
function loopOverTexts(call: LlmCall): { readonly isCallers: boolean; readonly origin: Origin | null } | null {
  const { lexical, purpose, origin, caller } = call.loop;
  if (lexical !== 'none' && purpose === 'items') {
    return embeddedTexts(call).count === 'one' ? { isCallers: false, origin } : null;
  }
  if (lexical !== 'none' && purpose !== 'retry') return null;
  return caller?.purpose === 'items' && caller.inputs === 'one' ? { isCallers: true, origin: caller.origin } : null;
}

function fixesOf(call: LlmCall, max: number | null): readonly Fix[] {
  const { place } = embeddedTexts(call);
  if (place === null) return [];
  const range =
    max === null
      ? {
          en: 'at least one, and no more than the provider takes',
          es: 'al menos uno, y no más de los que acepta el proveedor',
        }
      : { en: `1 to ${formatCount(max)}`, es: `de 1 a ${formatCount(max, 'es')}` };
  return [
    {
      title: {
        en: `Embed all texts in one request (${range.en})`,
        es: `Generar los vectores de todos los textos en una petición (${range.es})`,
      },
      safety: 'suggested',
      operations: [{ kind: 'embed-together', call: call.origin, ...place }],
    },
  ];
}
