/**
 * Bars as lists: a screen reader hears each label with its figure, and a `meter` draws the length without any style.
 */
import type { PageData } from '../src/report/messages.ts';
import { element } from './element.ts';

export function drawCharts({ charts, words }: PageData): HTMLElement {
  const drawn = charts
    .filter(({ bars }) => bars.length > 0)
    .map(({ id, bars, more }) => {
      const max = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
      const items = bars.map(({ label, value, text }) => {
        const bar = element('meter', { min: '0', max: String(max), value: String(value), 'aria-hidden': 'true' });
        return element(
          'li',
          {},
          element('span', { class: 'label', title: label }, element('bdi', {}, label)),
          element('span', { class: 'value' }, text),
          bar,
        );
      });
      const rest = more > 0 ? [element('p', {}, words.more.replace('{0}', String(more)))] : [];
      return element(
        'section',
        { class: `chart ${id}` },
        element('h2', {}, words.charts[id]),
        element('ul', {}, ...items),
        ...rest,
      );
    });
  return element('div', { class: 'charts' }, ...drawn);
}
