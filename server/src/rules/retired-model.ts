import type { Retirement } from '@farthing/shared/catalogue/catalogue';
import type { Localised } from '@farthing/shared/language';
import type { Severity } from '@farthing/shared/vocabulary';
import { limitPlace } from '../calls/facts/limit-place.ts';
import type { CallRule } from './rule.ts';
import { replacementFixes } from './support/replacement.ts';

const DAY = 24 * 60 * 60 * 1000;
const SOON = 90;

interface Retiring {
  /** The model's name as the code writes it. */
  readonly name: string;
  /** False where the name is only a default that something else may replace. */
  readonly isCertain: boolean;
  readonly retirement: Retirement;
  /** Whole days from today to the retirement; 0 and below is past. */
  readonly days: number;
}

export const retiredModel: CallRule<Retiring> = {
  scope: 'call',
  id: 'retired-model',
  summary: 'The model was shut down by its provider, or will be.',
  technique: 'model choice',
  severity: 'error',
  fix: 'suggested',
  isAboutRetirement: true,
  since: '0.1.0',
  needs: [limitPlace],
  documentation: `
## What it does
Reports a call whose model the provider has shut down, or has announced to shut down, with the date, its source, and the
replacement that the provider itself names.

An error where the date has passed and the model is certain; a warning where it is only the default of a setting, where the
date was read second-hand, where another model answers instead, or where it is within 90 days; information where it is further away. A model that another provider hosts (Azure, Bedrock) has
dates of its own: only the provider that the date is about is reported.

## Why is this bad
Requests for a retired model fail. Some providers answer them with another model instead, and bill them as that: the program
goes on, at a price and with answers that nobody chose. The message says which of the two happens, where the provider says.

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
    model: 'gpt-6-sol',
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
Suggested. Another model answers differently, and may take other parameters: check quality on your own cases.

The fix writes the provider's own replacement, or that one's where it is to be shut down as well, with what it asks for:
\`max_completion_tokens\` in the place of \`max_tokens\`, and reasoning switched off where the old model had none. There is
none where the provider names no replacement that stays, where the name comes from elsewhere or is a deployment's, and for
models of images and speech, whose other parameters differ. Vectors of another embedding model are not comparable with those
that are stored: embed them again.

## References
- \`farthing models NAME\` prints the date, its source and when it was read.
`,
  *check(call, context) {
    const { model, now } = context;
    if (model === null || model.retirement === null) return;
    if (model.provider !== call.provider) return;
    const { retirement } = model;
    const days = daysUntil(retirement, now);
    if (days === null) return;

    const isCertain = call.model.value !== null;
    const isSure = isCertain && sourceOf(retirement).doubt === null && retirement.outcome !== 'rerouted';
    yield {
      data: { name: call.model.value ?? call.model.hint ?? model.id, isCertain, retirement, days },
      origin: call.model.origin ?? call.origin,
      severity: severityOf(days, isSure),
      fixes: () => replacementFixes(call, model, context),
    };
  },
  message: {
    en: ({ name, isCertain, retirement, days }) => {
      const { date, asOf, outcome, replacement } = retirement;
      const { words, doubt } = sourceOf(retirement);
      const source = `(${words}${doubt === null ? '' : `, ${DOUBTS[doubt].en}`}, as of ${asOf})`;
      const which = isCertain ? name : `${name}, the model by default here,`;
      const what =
        days <= 0
          ? `${which} was shut down on ${date} ${source}. ${OUTCOMES[outcome ?? 'unknown'].past.en}`
          : `${which} will be shut down on ${date}, in ${days} ${days === 1 ? 'day' : 'days'} ${source}. ${OUTCOMES[outcome ?? 'unknown'].future.en}`;
      return replacement === null
        ? `${what} The provider names no replacement: choose one and check quality on your own cases.`
        : `${what} Same-provider replacement by the provider's own list: ${replacement}.`;
    },
    es: ({ name, isCertain, retirement, days }) => {
      const { date, asOf, outcome, replacement } = retirement;
      const { words, doubt } = sourceOf(retirement);
      const source = `(${words}${doubt === null ? '' : `, ${DOUBTS[doubt].es}`}, a ${asOf})`;
      const which = isCertain ? name : `${name}, el modelo por defecto aquí,`;
      const what =
        days <= 0
          ? `${which} se retiró el ${date} ${source}. ${OUTCOMES[outcome ?? 'unknown'].past.es}`
          : `${which} se retirará el ${date}, dentro de ${days} ${days === 1 ? 'día' : 'días'} ${source}. ${OUTCOMES[outcome ?? 'unknown'].future.es}`;
      return replacement === null
        ? `${what} El proveedor no indica un sustituto: elige uno y comprueba la calidad en tus propios casos.`
        : `${what} Sustituto del mismo proveedor, según su propia lista: ${replacement}.`;
    },
  },
};

/** The fate of a call whose model is gone, and of one whose model will be. */
const OUTCOMES: Readonly<
  Record<NonNullable<Retirement['outcome']> | 'unknown', { readonly past: Localised; readonly future: Localised }>
> = {
  fails: {
    past: { en: 'Calls fail.', es: 'Las llamadas fallan.' },
    future: { en: 'After that, calls fail.', es: 'Después, las llamadas fallan.' },
  },
  rerouted: {
    past: {
      en: 'Calls are answered by its replacement, and billed as that.',
      es: 'Las llamadas las responde su sustituto, y se facturan como tal.',
    },
    future: {
      en: 'After that, calls are answered by its replacement, and billed as that.',
      es: 'Después, las llamadas las responde su sustituto, y se facturan como tal.',
    },
  },
  unknown: {
    past: {
      en: 'Calls fail, or are billed as another model.',
      es: 'Las llamadas fallan, o se facturan como otro modelo.',
    },
    future: {
      en: 'After that, calls fail or are billed as another model.',
      es: 'Después, las llamadas fallan o se facturan como otro modelo.',
    },
  },
};

const DOUBTS = {
  S: { en: 'read second-hand', es: 'de segunda mano' },
  U: { en: 'not verified', es: 'sin verificar' },
} as const;

/** Whole days from the start of today (UTC) to the retirement; 0 and below is past. Null where the date cannot be read. */
function daysUntil(retirement: Retirement, now: Date): number | null {
  const date = Date.parse(`${retirement.date}T00:00:00Z`);
  if (Number.isNaN(date)) return null;
  return Math.round((date - Math.floor(now.getTime() / DAY) * DAY) / DAY);
}

/** The catalogue marks what it has second-hand by `[S]`, and what nobody has checked by `[U]`. */
function sourceOf({ source }: Retirement): { readonly words: string; readonly doubt: keyof typeof DOUBTS | null } {
  const mark = /^\[([SU])\] /.exec(source);
  if (mark === null) return { words: source, doubt: null };
  return { words: source.slice(mark[0].length), doubt: mark[1] === 'S' ? 'S' : 'U' };
}

function severityOf(days: number, isSure: boolean): Severity {
  if (days <= 0) return isSure ? 'error' : 'warning';
  return days <= SOON ? 'warning' : 'information';
}
