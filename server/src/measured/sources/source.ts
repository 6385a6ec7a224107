/** A format in which tools write down what calls used. */
import type { RecordedCall } from '../recorded-call.ts';
import type { Fields } from './fields.ts';

export interface Source {
  /** In messages. */
  readonly name: string;
  /** True for a record of this format: a JSON object, or a row of CSV by its column names. */
  readonly recognises: (record: Fields) => boolean;
  /** The calls in a record: none in one about something else. Null for one that is not understood. */
  readonly read: (record: Fields) => readonly RecordedCall[] | null;
}
