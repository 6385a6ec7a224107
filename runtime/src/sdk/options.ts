import type { PipelineOptions } from '../assembly/options.ts';
import type { CallSiteOptions } from './call-sites.ts';

/** What an application says when it makes a meter. Everything has a default, and none needs a server. */
export interface MeterOptions extends PipelineOptions {
  /** Where calls stand in the sources, for those that do not say. Default: `off`. */
  readonly callSites?: CallSiteOptions;
}
