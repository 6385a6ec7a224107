import type { Discount, PriceOverride } from '@farthing/shared/catalogue/catalogue';
import { LOCK_FILE } from '@farthing/shared/catalogue/lock/price-lock';
import { printable } from '@farthing/shared/printable';
import { RATES } from '@farthing/shared/rates';
import { Option } from 'commander';
import { describeAge, describePrices } from '../../report/describe.ts';
import { perMillion } from '../../report/describe-model.ts';
import { plural } from '../../report/plural.ts';
import { loadConfig } from '../config.ts';
import type { AddCommand } from '../main.ts';

interface PricesOptions {
  readonly config?: string;
  readonly lock?: true;
  readonly check?: true;
  readonly format: 'text' | 'json';
  readonly cache: boolean;
}

const EXAMPLES = `
Examples:
  farthing prices            the table, its date, your own prices, and whether prices are pinned
  farthing prices --lock     pin the prices of the models that the calls here use, in farthing.lock.json
  farthing prices --check    in CI: status 1 if a pinned price has changed, or if a model is not pinned

farthing models NAME shows all that is known about one model.`;

/** `farthing prices`: which prices every figure of a report rests on, and whether they are pinned. */
export const addPrices: AddCommand = (program, io, done) => {
  program
    .command('prices')
    .description('show which prices are in use: the table, its date, and your own prices and discounts')
    .option(
      '--config <file>',
      'configuration file (default: farthing.config.json in this folder or the nearest one above)',
    )
    .addOption(new Option('--lock', 'pin the prices of the models that the calls use, in farthing.lock.json'))
    .addOption(
      new Option('--check', 'say which pinned prices have changed since, and for which calls').conflicts('lock'),
    )
    .addOption(new Option('--format <name>', 'format of --check').choices(['text', 'json']).default('text'))
    .option('--no-cache', 'do not use the results cached by earlier scans')
    .addHelpText('after', EXAMPLES)
    .action(async (options: PricesOptions) => {
      if (options.lock) return (await import('../prices/lock-prices.ts')).lockPrices(options, io);
      if (options.check) return done(await (await import('../prices/check-prices.ts')).checkPrices(options, io));
      const { config, prices, problems } = await loadConfig(options.config ?? null, io.cwd, io.cwd, {});
      const { catalogueOf } = await import('../../catalogue.ts');
      const now = new Date();
      const catalogue = catalogueOf(config, prices, now);
      const { source, asOf } = catalogue.provenance;
      const lines = [
        describePrices({ source, date: asOf }),
        ...(prices.lock === null
          ? []
          : [`${LOCK_FILE} pins ${plural(prices.lock.models.length, 'model')} since ${prices.lock.date}`]),
        ...(prices.table === null ? [] : [`${config.priceTable} comes before the built-in table`]),
        ...config.prices.map(ownPrice),
        ...config.discounts.map(discountText),
        ...Object.entries(config.deployments).map(([name, model]) => `the deployment ${name} is ${model}`),
      ];
      io.out(`${lines.map(printable).join('\n')}\n`);
      const wrong = problems.filter(({ message }) =>
        /^(?:priceTable|prices|discounts|deployments|farthing\.lock\.json)\b/.test(message),
      );
      io.err(
        wrong.map(({ path, message }) => `${path}: ${message}\n`).join('') + describeAge({ source, date: asOf }, now),
      );
    });
};

/** `your price of our-llama at vllm: $0 input, $0 output per million tokens`. */
function ownPrice(price: PriceOverride): string {
  const rates = RATES.flatMap((rate) => (price[rate] === undefined ? [] : [`${perMillion(price[rate])} ${rate}`]));
  const fees = Object.entries(price.fees ?? {}).flatMap(([fee, dollars]) =>
    dollars === undefined ? [] : [`, ${perMillion(dollars)} per ${fee}`],
  );
  const seller = price.provider ?? 'every provider';
  return `your price of ${price.model} at ${seller}: ${rates.join(', ')} per million tokens${fees.join('')}`;
}

/** `15% off list prices at azure`; a negative discount is a surcharge. */
function discountText({ provider, model, discount }: Discount): string {
  const percent = `${Number((Math.abs(discount) * 100).toFixed(3))}%`;
  const what = model === undefined ? 'list prices' : `the list price of ${model}`;
  const where = provider === undefined ? '' : ` at ${provider}`;
  return discount < 0 ? `${percent} more than ${what}${where}` : `${percent} off ${what}${where}`;
}
