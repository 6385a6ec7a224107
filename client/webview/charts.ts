/**
 * Bars as lists: each is a button that limits the tables to its group. A screen reader hears its label with its figure, and
 * a `meter` draws the length without any style.
 */
import type { Bar, Chart } from '../src/report/charts.ts';
import type { GroupKind, Selection } from '../src/report/groups.ts';
import type { PageData } from '../src/report/messages.ts';
import { element } from './element.ts';

export type OnSelect = (kind: GroupKind, group: string) => void;

export function drawCharts({ charts, words }: PageData, selection: Selection, onSelect: OnSelect): HTMLElement {
  const drawn = charts
    .filter(({ bars }) => bars.length > 0)
    .map((chart) => {
      const { kind, measure, bars, more } = chart;
      const items = bars.map((bar) => drawBar(bar, chart, selection[kind] === bar.group, onSelect));
      const rest = more > 0 ? [element('p', {}, words.more.replace('{0}', String(more)))] : [];
      return element(
        'section',
        { class: `chart ${kind}`, 'aria-labelledby': `chart-${kind}` },
        element('h2', { id: `chart-${kind}` }, words.charts[kind]),
        element('p', { class: 'measure' }, words.measures[measure]),
        element('ul', {}, ...items),
        ...rest,
      );
    });
  return element('div', { class: 'charts' }, ...drawn);
}

function drawBar(
  { group, value, text }: Bar,
  { kind, bars }: Chart,
  isPressed: boolean,
  onSelect: OnSelect,
): HTMLElement {
  const max = Math.max(...bars.map((bar) => bar.value), Number.MIN_VALUE);
  const button = element(
    'button',
    { type: 'button', class: 'bar', 'aria-pressed': String(isPressed), 'data-key': `${kind} ${group}` },
    element('bdi', { class: 'label' }, group),
    element('span', { class: 'value' }, text),
    element('meter', { min: '0', max: String(max), value: String(value), 'aria-hidden': 'true' }),
  );
  button.addEventListener('click', () => onSelect(kind, group));
  return element('li', {}, button);
}
