import { successorOf } from '@farthing/shared/catalogue/alternatives';
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { lawFor } from '@farthing/shared/tokens/laws/index';
import { textTokens } from '@farthing/shared/tokens/measure';
import type { LlmCall } from '../calls/call.ts';
import { isDemonstration } from '../calls/facts/demonstration.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { Fix } from '../edits/fix.ts';
import type { CallContext, CallRule } from './rule.ts';
import { changeOfModel } from './support/change-model.ts';
import { forEveryUse } from './support/describe-location.ts';
import { placeOfModel, usedHere } from './support/feature-calls.ts';
import { differenceOf, dollarsOf } from './support/money.ts';
import { sharingName, usersOfModelName } from './support/shared-model.ts';

/** A smaller saving is not worth checking another model's answers. */
const LEAST_SAVING = 0.15;

interface Outclassed {
  readonly model: string;
  readonly isDefault: boolean;
  readonly successor: string;
  /** One call with each of the two. */
  readonly today: Range;
  readonly then: Range;
  /** How many calls use the name that is written here. */
  readonly users: number;
}

export const outclassedModel: CallRule<Outclassed> = {
  scope: 'call',
  id: 'outclassed-model',
  summary: 'A newer model of the same line does the same for less.',
  technique: 'model choice',
  severity: 'information',
  fix: 'suggested',
  since: '0.2.0',
  isPreview: true,
  restsOnModel: true,
  needs: [limitPlace],
  documentation: `
## What it does
Reports a model if the same provider sells a newer one of the same line (\`claude-sonnet-5-5\` after \`claude-sonnet-4-6\`) that
has the same abilities, takes and gives at least as many tokens, and makes this call at least 15% cheaper. The prices of input, output and cached
input must all be no higher. It is reported once where the name is written, with the calls that use it.

Not reported are models with a published end (\`retired-model\` does that), names that are not in the code, notebooks and
examples. Other lines are never proposed: a larger or a smaller model is another choice.

## Why is this bad
Providers seldom lower the price of a model that exists: the next of its line comes at the lower price instead. The amounts
in the message count with the newer model's own tokens, since its tokenizer may make more of the same text.

## Example
~~~ts
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function summarise(text: string) {
  return client.messages.create({
    model: 'claude-haiku-4-5', // expect: outclassed-model
    max_tokens: 500,
    messages: [{ role: 'user', content: text }],
  });
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def summarise(text: str):
    return client.messages.create(
        model="claude-haiku-4-5",  # expect: outclassed-model
        max_tokens=500,
        messages=[{"role": "user", "content": text}],
    )
~~~

## Use instead
~~~ts
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic();

export async function summarise(text: string) {
  return client.messages.create({
    model: 'claude-haiku-5-5',
    max_tokens: 500,
    messages: [{ role: 'user', content: text }],
  });
}
~~~

~~~py
import anthropic

client = anthropic.Anthropic()


def summarise(text: str):
    return client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=500,
        messages=[{"role": "user", "content": text}],
    )
~~~

## Fix safety
Suggested: another model may answer differently. Run both on your own cases first. The fix replaces the name where it is
written, for every use of it. There is no fix if a use cannot be changed or may not be known yet, or for deployment names.

## References
- \`farthing models NAME\` prints a model's prices and abilities, with their sources.
`,
  *check(call, context) {
    const { model, catalogue, index } = context;
    if (model === null || model.provider !== call.provider || isDemonstration(call)) return;
    const place = placeOfModel(call);
    const successor = successorOf(catalogue, model);
    if (successor === null || place === null) return;
    const costs = costsOf(call, model, successor);
    if (costs === null) return;
    const name = call.model.value ?? call.model.hint ?? model.id;
    const sharing = sharingName(call, name, place, index);
    if (sharing === null) return;
    yield {
      data: {
        model: name,
        isDefault: call.model.value === null,
        successor: successor.id,
        ...costs,
        users: sharing.length + 1,
      },
      origin: place,
      ...usedHere(sharing),
      fixes: () => fixesOf(call, model, successor, context),
    };
  },
  message: {
    en: (finding) => {
      const { model, isDefault, successor, users } = finding;
      const which = isDefault ? `${model}, the default here,` : model;
      const used = users > 1 ? ` Used by ${formatCount(users)} calls.` : '';
      return `${successor} is newer than ${which} and has the same abilities: ${difference(finding, 'en')}.${used} Check its quality first.`;
    },
    es: (finding) => {
      const { model, isDefault, successor, users } = finding;
      const which = isDefault ? `${model}, el modelo por defecto,` : model;
      const used = users > 1 ? ` Lo usan ${formatCount(users, 'es')} llamadas.` : '';
      return `${successor} es más nuevo que ${which} y hace lo mismo: ${difference(finding, 'es')}.${used} Comprueba su calidad.`;
    },
  },
  saving: ({ today, then }) => differenceOf(today, then),
};

function difference({ today, then }: Outclassed, language: Language): string {
  const percent = Math.round((1 - then.expected / today.expected) * 100);
  if (today.basis === 'unknown')
    return language === 'es' ? `cuesta un ${percent} % menos` : `it costs ${percent}% less`;
  const [now, later] = [dollarsOf(today, language), dollarsOf(then, language)];
  const basis = NUMBER_STYLES[language].bases[today.basis];
  return language === 'es'
    ? `${later} en lugar de ${now} por llamada (${basis})`
    : `${later} instead of ${now} a call (${basis})`;
}

/** Null if the difference is small or unknown. */
function costsOf(call: LlmCall, model: Model, successor: Model): Pick<Outclassed, 'today' | 'then'> | null {
  const ratio = tokenRatio(call, model, successor);
  const { input, output } = call.tokens;
  const today = costPerCall(model, call.tokens);
  const then = costPerCall(successor, { input: wholeTokens(input, ratio), output: wholeTokens(output, ratio) });
  if (today === null || then === null || then.expected > today.expected * (1 - LEAST_SAVING)) return null;
  return { today, then };
}

function wholeTokens({ low, expected, high, basis }: Range, ratio: number): Range {
  const times = (tokens: number): number => Math.round(tokens * ratio);
  return { low: times(low), expected: times(expected), high: times(high), basis };
}

/** Prose and code, from which the ratio of two tokenizers is taken. */
const SAMPLE = `The order was paid on Monday, but the parcel has not arrived yet. Please tell the customer when it will.
for (const item of order.items) total += item.price * item.quantity;\n{"status": "open", "priority": 2, "tags": ["refund"]}\n`.repeat(
  4,
);

/** How many tokens the newer model makes of what is one for the other. */
function tokenRatio({ provider, api }: LlmCall, model: Model, successor: Model): number {
  if (model.tokenizer === successor.tokenizer) return 1;
  const count = ({ id }: Model): number => textTokens(lawFor({ provider, model: id, api }), SAMPLE).expected;
  return count(successor) / count(model);
}

function fixesOf(
  call: LlmCall,
  model: Model,
  successor: Model,
  { catalogue, index }: Pick<CallContext, 'catalogue' | 'index'>,
): readonly Fix[] {
  const { origin } = call.model;
  const users = usersOfModelName(call, index);
  if (origin === null || users === null) return [];
  const operations = changeOfModel(call, model, successor.id, { catalogue, index, isReasoningNew: false, users });
  if (operations === null) return [];
  const where = call.model.source === 'literal' ? null : forEveryUse(origin, call.origin);
  const title = {
    en: `Use ${successor.id}${where?.en ?? ''}`,
    es: `Usar ${successor.id}${where?.es ?? ''}`,
  };
  return [{ title, safety: 'suggested', operations }];
}
