import type { PipelineOptions } from '../assembly/options.ts';
import { type FilledOptions, pipelineFields } from '../assembly/schema.ts';
import { MeterError } from '../core/errors.ts';
import { byDefault, checked, number, object, oneOf, readOptions, secret, text } from '../support/schema.ts';
import type { CallSiteOptions } from './call-sites.ts';

/** What an application says when it makes a meter. Every option has a default, and none needs a server. */
export interface MeterOptions extends PipelineOptions {
  /** Finds where calls stand in the sources, for calls that do not say. Default: `off`. */
  readonly callSites?: CallSiteOptions;
  /**
   * The secret that `meter.headers(...)` adds, so that `meter.fetch` obeys `x-farthing-*` headers. Set it where another
   * process makes the headers. Default: a random one for each meter.
   */
  readonly headerSecret?: string;
}

const callSitesSchema = object<CallSiteOptions, 'capture' | 'share'>('CallSiteOptions', {
  capture: byDefault('off', oneOf(['off', 'sampled', 'always'])),
  share: byDefault(0.01, number({ above: 0, max: 1 })),
  root: text(),
});

export const meterSchema = object<MeterOptions>('MeterOptions', {
  ...pipelineFields,
  callSites: byDefault({}, callSitesSchema),
  headerSecret: secret(text()),
});

type Filled = FilledOptions & Pick<MeterOptions, 'headerSecret'> & Required<Pick<MeterOptions, 'callSites'>>;

/** What options of different layers have to do with each other. */
const together = checked(meterSchema, ({ experiments = {}, route, stores }) => {
  const running = Object.entries(experiments).filter(([, { mode }]) => mode !== 'off');
  if (running.length > 0 && stores !== undefined && stores.records === undefined) {
    return 'experiments need stores that keep records, and these keep none. Add those of another: combineStores(stores, sqliteStores({ path })).';
  }
  for (const [name, { mode, treatment }] of running) {
    const { tier } = treatment;
    if (tier === undefined) continue;
    const path = `experiments.${name}.treatment.tier`;
    const tiers = [...Object.keys(route?.tiers ?? {}), 'auto', 'cascade'];
    if (route === undefined || !tiers.includes(tier))
      return `${path} must be a tier of route, "auto" or "cascade"; got "${tier}".`;
    if (mode === 'on' && route.mode !== 'on')
      return `${path} needs route.mode "on": without it, both arms are the same.`;
  }
  return null;
});

/**
 * The options with their defaults.
 *
 * @throws MeterError for options that are not known or not of their kind: all of them, one line each
 */
export function readMeterOptions(input: MeterOptions): Filled {
  return readOptions(together, input, (message) => new MeterError(message)) as Filled;
}
