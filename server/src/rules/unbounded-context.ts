import { priceAt } from '@farthing/shared/cost';
import type { Language, Localised } from '@farthing/shared/language';
import { formatCount, formatDollars } from '@farthing/shared/money';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { type UnboundedText, unboundedText } from '../calls/facts/unbounded-text.ts';
import type { CallContext, CallRule } from './rule.ts';
import { sharingPlace, usedHere } from './support/feature-calls.ts';

interface Unbounded {
  readonly kind: UnboundedText['kind'];
  /** Nano-dollars of a text of `KILOBYTES`; null if the price is unknown. */
  readonly cost: number | null;
}

/** What the message prices: a long file, an ordinary page. */
const KILOBYTES = 100;
/** English text and code have about four characters a token. */
const TOKENS = (KILOBYTES * 1_000) / 4;

export const unboundedContext: CallRule<Unbounded> = {
  scope: 'call',
  id: 'unbounded-context',
  summary: 'A whole file, page, query result or diff goes into the prompt, and nothing limits its length.',
  technique: 'prompt',
  severity: 'information',
  fix: 'none',
  since: '0.2.0',
  isPreview: true,
  needs: [unboundedText],
  documentation: `
## What it does
Reports calls into whose prompt the function around them, or one that it calls for a part of the text, puts the whole of a file (\`read()\`, \`readFile\`), a web page or
document (\`response.text\`, \`get_text()\`, \`extract_text()\`), the rows of a query (\`fetchall()\`, \`findMany()\`) or the output
of a program (\`git diff\`), if nothing in these functions, or in those on the way to the request, measures, cuts or splits a text.

Not reported are files whose path the code itself names, prompts and templates of the project, notebooks, and texts that
come in as parameters of an unknown caller.

Severity: a warning in a loop over items; otherwise information.

## Why is this bad
Every token of the text is paid in every call, and one large file, page or diff costs as much as hundreds of usual ones, or
exceeds the model's context and fails. The sum in the message is the price of a text of 100 kB, which is about 25,000 tokens.

## Example
~~~ts
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';

const client = new OpenAI();

export async function summarise(path: string) {
  const text = await readFile(path, 'utf8'); // expect: unbounded-context
  return client.responses.create({ model: 'gpt-6-sol', max_output_tokens: 400, input: \`Summarise:\\n\${text}\` });
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()


def summarise(path: str):
    with open(path) as file:
        text = file.read()  # expect: unbounded-context
    return client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=400,
        messages=[{"role": "user", "content": f"Summarise:\\n{text}"}],
    )
~~~

## Use instead
~~~ts
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';

const client = new OpenAI();
const MAX_CHARACTERS = 40_000;

export async function summarise(path: string) {
  const text = await readFile(path, 'utf8');
  const input = \`Summarise:\\n\${text.slice(0, MAX_CHARACTERS)}\`;
  return client.responses.create({ model: 'gpt-6-sol', max_output_tokens: 400, input });
}
~~~

~~~py
from anthropic import Anthropic

client = Anthropic()
MAX_CHARACTERS = 40_000


def summarise(path: str):
    with open(path) as file:
        text = file.read()
    return client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=400,
        messages=[{"role": "user", "content": f"Summarise:\\n{text[:MAX_CHARACTERS]}"}],
    )
~~~

## Fix safety
No automatic fix: whether a text is cut, split, searched or refused depends on the application. Refuse what is too large, if
an answer about a part would mislead.

## References
- \`farthing models NAME\` states a model's context and its price.
`,
  *check(call, context) {
    const found = isDemonstration(call) ? null : unboundedText(call);
    if (found === null) return;
    const others = sharingPlace(call, found.origin, context.index, (other) => {
      const shared = unboundedText(other);
      return shared === null ? [] : [shared.origin];
    });
    if (others === null) return;
    yield {
      data: { kind: found.kind, cost: costOf(context) },
      origin: found.origin,
      severity: [call, ...others].some(({ loop }) => loop.purpose === 'items') ? 'warning' : 'information',
      ...usedHere(others),
    };
  },
  message: {
    en: ({ kind, cost }) =>
      `${WHAT[kind].en} goes into the prompt whole: ${KILOBYTES} kB are about ${formatCount(TOKENS)} tokens${money(cost, 'a call')}. Cut it, send the parts that matter, or refuse what is too large.`,
    es: ({ kind, cost }) =>
      `${WHAT[kind].es} entra en el prompt por completo: ${KILOBYTES} kB son unos ${formatCount(TOKENS, 'es')} tokens${money(cost, 'por llamada', 'es')}. Recórtalo, envía las partes que importan o rechaza lo que sea demasiado grande.`,
  },
};

const WHAT: Readonly<Record<UnboundedText['kind'], Localised>> = {
  file: { en: 'A file', es: 'Un archivo' },
  page: { en: 'A page or document', es: 'Una página o un documento' },
  rows: { en: 'A query result', es: 'El resultado de una consulta' },
  output: { en: "A program's output", es: 'La salida de un programa' },
};

function money(cost: number | null, per: string, language: Language = 'en'): string {
  return cost === null ? '' : `, ${formatDollars(cost, 2, language)} ${per}`;
}

function costOf({ model }: CallContext): number | null {
  const rate = model === null ? null : priceAt(model, TOKENS).input;
  return rate === null ? null : rate * TOKENS;
}
