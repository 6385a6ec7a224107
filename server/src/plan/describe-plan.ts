/** A plan in words, for the terminal and for Markdown: the same sentences, with other marks around them. */
import type { PhaseName, Plan, PlanAmounts, PlanPlace, PlanStep, PlanTotal } from '@farthing/shared/plan/plan';
import type { Range } from '@farthing/shared/range';
import { describePrices } from '../report/describe.ts';
import { describeAmount } from '../report/describe-figure.ts';
import { markdownCode, markdownText } from '../report/markdown-text.ts';
import { plural } from '../report/plural.ts';

const PHASE_TITLES: Readonly<Record<PhaseName, string>> = {
  'quick-wins': 'Quick wins (this week)',
  caching: 'Prompt and semantic caching (next week)',
  routing: 'Routing (then)',
  batch: 'Batches (then)',
  later: 'Fine-tuning and hosting (later)',
};

export function planText(plan: Plan, places: number): string {
  const lines = [...headLines(plan)];
  for (const { name, steps } of plan.phases) {
    lines.push('', PHASE_TITLES[name]);
    for (const step of steps) {
      lines.push(`  ${step.title}: ${savingWords(step)}`);
      lines.push(`    effort: ${step.effort}; risk: ${step.risk}`);
      for (const sentence of step.note?.split('. ') ?? []) lines.push(`    ${sentence}`);
      lines.push(...placeLines(step, places));
      for (const how of step.how) lines.push(`    > ${how}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export function planMarkdown(plan: Plan, places: number): string {
  const lines = ['## LLM cost plan', '', ...headLines(plan).map((line) => `${markdownText(line)}  `)];
  for (const { name, steps } of plan.phases) {
    lines.push(
      '',
      `### ${PHASE_TITLES[name]}`,
      '',
      '| step | saving | effort | risk | calls |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const step of steps) {
      const at = placeWords(step, places).map(markdownCode).join('<br>');
      const cells = [step.title, savingWords(step), step.effort, step.risk].map(markdownText);
      lines.push(`| ${cells.join(' | ')} | ${step.calls}${at === '' ? '' : `<br>${at}`} |`);
    }
    const notes = steps.flatMap(({ title, note, how }) => [
      ...(note === null ? [] : [`- ${markdownText(title)}: ${markdownText(note)}`]),
      ...how.map((one) => `- ${markdownCode(one)}`),
    ]);
    if (notes.length > 0) lines.push('', ...notes);
  }
  return `${lines.join('\n')}\n`;
}

function headLines({ perMonth, perThousand, unpriced, phases, prices }: Plan): readonly string[] {
  const lines: string[] = [];
  if (perMonth !== null)
    lines.push(`${plural(perMonth.calls, 'call')} with a known volume: ${totalWords(perMonth, 'a month')}`);
  if (perThousand !== null) {
    const others = `${perMonth === null ? '' : 'other '}call`;
    lines.push(`${plural(perThousand.calls, others)}: ${totalWords(perThousand, 'for 1,000 calls of each')}`);
    if (perMonth === null)
      lines.push('Their volumes are not known: "volumes" in farthing.config.json or farthing measure supplies them.');
  }
  if (unpriced > 0)
    lines.push(`${plural(unpriced, 'call')} without a full cost: in no figure (farthing scan says why)`);
  if (phases.length === 0) lines.push('Nothing to plan: no LLM call with a known cost was found here.');
  lines.push(describePrices(prices));
  return lines;
}

function totalWords({ today, saving, after }: PlanTotal, unit: string): string {
  if (saving.expected === 0) return `${describeAmount(today)} ${unit}, ${today.basis}; no saving is certain yet`;
  const less = percent(saving.expected / today.expected);
  return `${describeAmount(today)} ${unit}; with this plan ${describeAmount(after)} (${less} less), ${after.basis}`;
}

function savingWords({ technique, saving, perTenth, share }: PlanStep): string {
  if (saving !== null) {
    const part = share === null ? '' : `, with the stated ${percent(share)} of the calls`;
    return `saves ${amountWords(saving)}${part}`;
  }
  if (perTenth !== null) return `each 10% of the calls saves ${amountWords(perTenth)}`;
  return technique === 'output-limits' ? 'usual calls cost the same' : 'saving not known';
}

function amountWords({ perMonth, perThousand }: PlanAmounts): string {
  const words: string[] = [];
  const add = (range: Range | null, unit: string): void => {
    if (range !== null) words.push(`${describeAmount(range)} ${unit}, ${range.basis}`);
  };
  add(perMonth, 'a month');
  add(perThousand, 'for 1,000 calls of each');
  return words.length === 0 ? 'nothing' : words.join(', and ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** Each with what it saves, where that differs. */
function placeLines({ calls, places, saving, perTenth }: PlanStep, most: number): readonly string[] {
  if (places.length === 0) return [`    ${plural(calls, 'call')}`];
  const shown = places.slice(0, most).map((place) => {
    const amount = place.saving.perMonth ?? place.saving.perThousand;
    const isKnown = (saving !== null || perTenth !== null) && places.length > 1 && amount !== null;
    return `      ${placeName(place)}${isKnown ? `: ${describeAmount(amount)}` : ''}`;
  });
  const more = places.length - shown.length;
  return [`    ${plural(calls, 'call')}:`, ...shown, ...(more > 0 ? [`      and ${more} more`] : [])];
}

function placeWords({ places }: PlanStep, most: number): readonly string[] {
  const shown = places.slice(0, most).map(placeName);
  const more = places.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

function placeName({ path, line, function: name, model }: PlanPlace): string {
  return `${path}:${line}${name === null ? '' : ` in ${name}`}${model === null ? '' : `, by ${model}`}`;
}
