/** One of the two revisions: its report, and what the figures in it were computed from. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Report, ReportCall } from '@farthing/shared/report';
import type { LlmCall } from '../calls/call.ts';
import type { Estimations } from './causes.ts';

export interface Side {
  readonly report: Report;
  /** By id. */
  readonly estimations: ReadonlyMap<string, Estimations>;
  /** The calls as they were analysed, by id: one that both sides share has not changed. */
  readonly analysed: ReadonlyMap<string, LlmCall>;
  /** The prices that hold for a file of the report. */
  readonly catalogueAt: (path: string) => Catalogue;
}

export interface Pair {
  readonly base: ReportCall;
  readonly head: ReportCall;
}
