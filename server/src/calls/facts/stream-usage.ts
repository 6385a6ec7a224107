/** A stream that does not say what it used, in code that wants to know: chat completions only do so if they are asked. */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { isRequest } from '../call.ts';
import { mayHave, roleOf } from '../request.ts';
import { type ParameterPlace, placeAt, siteFor } from './edit-targets.ts';
import { codeFact } from './fact.ts';

export interface UntrackedStream {
  /** Where the usage would be asked for; null if the request is not written as parameters. */
  readonly place: ParameterPlace | null;
}

/** Signs that the module counts what its calls use. */
const COUNTS_USAGE =
  /\busage\b|(?:prompt|completion|input|output|total)_?tokens|token_?(?:count|usage)|count_?tokens|\bcosts?\b/i;

/** Null where the usage is asked for, may be, or where it is not known whether the provider accepts the question. */
export const untrackedStream = codeFact(
  'untrackedStream',
  ({ call, sdkCall, record, referenced }): UntrackedStream | null => {
    if (!isRequest(call) || call.api !== 'chat.completions' || call.streaming !== true) return null;
    const [field] = sdkCall.call.roles?.streamUsage ?? [];
    const { streamUsage } = PROVIDER_TABLE[call.provider];
    // Some providers only accept it from a version on, which the code seldom shows.
    if (field === undefined || streamUsage === undefined || streamUsage.versions !== undefined) return null;
    if (roleOf(sdkCall, 'streamUsage') !== null || mayHave(sdkCall, 'streamUsage')) return null;
    if (!COUNTS_USAGE.test(record.scope.module.loaded.text)) return null;
    const site = siteFor(sdkCall, 'streamUsage');
    return { place: site === null ? null : placeAt(sdkCall, site, field, referenced) };
  },
);
