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
  /\busage\b|\b(?:prompt|completion|input|output|total)_?tokens\b|token_?(?:count|usage)|count_?tokens|\bcosts?\b/i;

/** The runtime asks for the usage of what it passes on. */
const ASKS_BY_ITSELF = /@farthing\/runtime|\bmeter\.wrap\(/;

/** Null where the usage is asked for, may be, or where it is not known whether the provider accepts the question. */
export const untrackedStream = codeFact(
  'untrackedStream',
  ({ call, sdkCall, record, referenced }): UntrackedStream | null => {
    if (!isRequest(call) || call.api !== 'chat.completions' || call.streaming !== true) return null;
    // An address that only the run knows may be that of any server, most of them on the user's own machine.
    if (roleOf(sdkCall, 'baseUrl') !== null && call.provider === sdkCall.sdk.provider) return null;
    const [field] = sdkCall.call.roles?.streamUsage ?? [];
    const { streamUsage } = PROVIDER_TABLE[call.provider];
    // Some providers only accept it from a version on, which the code seldom shows.
    if (field === undefined || streamUsage === undefined || streamUsage.versions !== undefined) return null;
    if (roleOf(sdkCall, 'streamUsage') !== null || mayHave(sdkCall, 'streamUsage')) return null;
    const { text } = record.scope.module.loaded;
    if (!COUNTS_USAGE.test(text) || ASKS_BY_ITSELF.test(text)) return null;
    const site = siteFor(sdkCall, 'streamUsage');
    return { place: site === null ? null : placeAt(sdkCall, site, field, referenced) };
  },
);
