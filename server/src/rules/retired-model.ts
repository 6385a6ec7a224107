import type { Catalogue, Model, Retirement } from '@farthing/shared/catalogue/catalogue';
import type { Localised } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { CallContext, CallRule, Finding } from './rule.ts';
import { usedHere } from './support/feature-calls.ts';
import { lastingReplacement, replacementFixes } from './support/replacement.ts';
import { sharingName } from './support/shared-model.ts';

const DAY = 24 * 60 * 60 * 1000;
const SOON = 90;

interface Retiring {
  /** The model's name as written in the code. */
  readonly name: string;
  /** `default` can be overridden; of several, a `choice` is one. */
  readonly use: 'certain' | 'default' | 'choice';
  /** Who retires it; null where that has no name. */
  readonly seller: string | null;
  readonly retirement: Retirement;
  /** The model to use, if it is not the one that the provider names: that one goes as well, or has a cheaper successor. */
  readonly later: string | null;
  /** Whole days from today to the retirement; 0 or negative if it is past. */
  readonly days: number;
  /** How many calls use the name that is written here. */
  readonly users: number;
}

export const retiredModel: CallRule<Retiring> = {
  scope: 'call',
  id: 'retired-model',
  summary: 'The provider has shut down this model, or will.',
  technique: 'model choice',
  severity: 'error',
  fix: 'suggested',
  isAboutRetirement: true,
  since: '0.1.0',
  restsOnModel: true,
  needs: [limitPlace],
  documentation: `
## What it does
Reports calls to a model that its provider has shut down or plans to shut down, with the date, the source of the date, and
the replacement that the provider names.

A name that several calls use is reported once, with their number: at the first request that takes its model from there, or
the first call of a function of your own that does, with the others as related locations.

Severity: an error if the date has passed and the model is certain; a warning if the model is only the default of a setting or one of several,
if the date comes from a second-hand source, if another model answers instead, or if the date is within 90 days; information
if it is further away. Other hosts of the same model (Azure, Bedrock) set their own dates, so their calls are not reported.

## Why is this bad
Requests to a retired model fail. Some providers answer them with another model instead, and bill for that model: the
program keeps running, at a price and with answers that you did not choose. The message says which of the two happens, if
the provider says so.

## Example
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function summarise(text: string) {
  return client.chat.completions.create({
    model: 'gpt-4-turbo', // expect: retired-model
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
        model="claude-3-haiku-20240307",  # expect: retired-model
        max_tokens=500,
        messages=[{"role": "user", "content": text}],
    )
~~~

## Use instead
~~~ts
import OpenAI from 'openai';

const client = new OpenAI();

export async function summarise(text: string) {
  return client.chat.completions.create({
    model: 'gpt-6.1-sol',
    max_completion_tokens: 500,
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
Suggested. Another model answers differently and may take other parameters: check quality on your own cases.

The fix switches to the replacement that the provider names (or to the model after that, if the replacement is due to be shut
down too or has a cheaper successor in its line) and adapts the parameters: \`max_completion_tokens\` instead of \`max_tokens\`, and reasoning switched off if the old model had
none. There is no fix if the provider names no lasting replacement, if the model's name comes from outside the code or is a
deployment name, or for image and speech models, whose other parameters differ. Vectors from a different embedding model are
not comparable with stored ones: embed your texts again.

## References
- \`farthing models NAME\` prints the date, its source, and the day it was checked.
`,
  *check(call, context) {
    const { model, now } = context;
    if (model === null) yield* choicesOf(call, context);
    if (model === null || model.retirement === null) return;
    if (model.provider !== call.provider) return;
    const { retirement } = model;
    const days = daysUntil(retirement, now);
    if (days === null) return;

    const name = call.model.value ?? call.model.hint ?? model.id;
    const sharing = sharingName(call, name, call.model.origin, context.index);
    if (sharing === null) return;
    const isCertain = call.model.value !== null;
    const isSure = isCertain && retirement.doubt === null && retirement.outcome !== 'rerouted';
    yield {
      data: {
        name,
        use: isCertain ? 'certain' : 'default',
        seller: PROVIDER_TABLE[model.provider].name,
        retirement,
        later: laterThan(model, context.catalogue),
        days,
        users: sharing.length + 1,
      },
      origin: call.model.origin ?? call.origin,
      severity: severityOf(days, isSure),
      ...usedHere(sharing),
      fixes: () => replacementFixes(call, model, context),
    };
  },
  message: {
    en: ({ name, use, seller, retirement, later, days, users }) => {
      const { date, asOf, outcome, replacement, doubt } = retirement;
      const source = `(${retirement.source}${doubt === null ? '' : `, ${DOUBTS[doubt].en}`}, as of ${asOf})`;
      const which = use === 'certain' ? name : `${name}, ${USES[use].en},`;
      const soon = days > SOON ? '' : `, in ${days} ${days === 1 ? 'day' : 'days'}`;
      const what =
        days <= 0
          ? `${which} was shut down on ${date} ${source}.`
          : `${which} will be shut down on ${date}${soon} ${source}.`;
      const then = outcome === 'rerouted' ? ` ${REROUTED.en}` : '';
      const used = users > 1 ? ` Used by ${formatCount(users)} calls.` : '';
      const next =
        replacement === null
          ? `${seller ?? 'The provider'} names no replacement: choose one.`
          : `${seller ?? 'The provider'} names ${replacement} as the replacement${later === null ? '' : `; ${later} follows that`}.`;
      return `${what}${then}${used} ${next}`;
    },
    es: ({ name, use, seller, retirement, later, days, users }) => {
      const { date, asOf, outcome, replacement, doubt } = retirement;
      const source = `(${retirement.source}${doubt === null ? '' : `, ${DOUBTS[doubt].es}`}, a ${asOf})`;
      const which = use === 'certain' ? name : `${name}, ${USES[use].es},`;
      const soon = days > SOON ? '' : `, dentro de ${days} ${days === 1 ? 'día' : 'días'}`;
      const what =
        days <= 0 ? `${which} se retiró el ${date} ${source}.` : `${which} se retirará el ${date}${soon} ${source}.`;
      const then = outcome === 'rerouted' ? ` ${REROUTED.es}` : '';
      const used = users > 1 ? ` La usan ${formatCount(users, 'es')} llamadas.` : '';
      const next =
        replacement === null
          ? `${seller ?? 'El proveedor'} no indica un sustituto: elige uno.`
          : `${seller ?? 'El proveedor'} indica ${replacement} como sustituto${later === null ? '' : `; a este le sigue ${later}`}.`;
      return `${what}${then}${used} ${next}`;
    },
  },
};

const USES: Readonly<Record<'default' | 'choice', Localised>> = {
  default: { en: 'the default model here', es: 'el modelo por defecto aquí' },
  choice: { en: "one of this call's models", es: 'uno de los modelos de esta llamada' },
};

/** The models among which the code chooses, where each is named. */
function* choicesOf(call: LlmCall, { catalogue, now, index }: CallContext): Generator<Finding<Retiring>> {
  for (const { name, provider, origin, decidedBy } of call.modelChoice.alternatives) {
    const model = decidedBy === 'declared' ? null : catalogue.find(provider, name);
    const retirement = model?.provider === provider ? model.retirement : null;
    const days = retirement === null ? null : daysUntil(retirement, now);
    if (origin === null || model === null || retirement === null || days === null) continue;
    const sharing = sharingName(call, name, origin, index);
    if (sharing === null) continue;
    yield {
      data: {
        name,
        use: 'choice',
        seller: PROVIDER_TABLE[provider].name,
        retirement,
        later: laterThan(model, catalogue),
        days,
        users: sharing.length + 1,
      },
      origin,
      severity: severityOf(days, false),
      ...usedHere(sharing),
    };
  }
}

function laterThan(model: Model, catalogue: Catalogue): string | null {
  const lasting = lastingReplacement(model, catalogue);
  return lasting === null || lasting.id === lasting.named ? null : lasting.id;
}

/** What happens to calls then, where they do not fail. */
const REROUTED: Localised = {
  en: 'Its replacement then answers the calls and is billed.',
  es: 'Entonces responde las llamadas su sustituto, y se facturan como tal.',
};

const DOUBTS: Readonly<Record<NonNullable<Retirement['doubt']>, Localised>> = {
  'second-hand': { en: 'second-hand source', es: 'fuente de segunda mano' },
  unverified: { en: 'not verified', es: 'sin verificar' },
};

/**
 * Whole days from the start of today (UTC) to the retirement; 0 or negative if it is past. Null if the date cannot be
 * parsed.
 */
function daysUntil(retirement: Retirement, now: Date): number | null {
  const date = Date.parse(`${retirement.date}T00:00:00Z`);
  if (Number.isNaN(date)) return null;
  return Math.round((date - Math.floor(now.getTime() / DAY) * DAY) / DAY);
}

function severityOf(days: number, isSure: boolean): Severity {
  if (days <= 0) return isSure ? 'error' : 'warning';
  return days <= SOON ? 'warning' : 'information';
}
