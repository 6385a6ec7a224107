/** What a budget promises, as claims about one run: the test and the command judge by the same. */
import type { Spend } from './spend.ts';

export interface Claim {
  readonly claim: string;
  readonly isKept: boolean;
}

const LARGEST_RESERVATION = 0.002;
const LEAST_USED = 0.97;

export function claimsOf(run: Spend): readonly Claim[] {
  const { asked, calls, refused, killed, cap, spent, counted, unknown, mostUnknown, largestReservation } = run;
  return [
    { claim: 'spending never passed the cap', isKept: spent <= cap && counted.spent <= cap },
    {
      claim: 'spent and unknowable together are at least 97% of the cap',
      isKept: spent + unknown >= cap * LEAST_USED,
    },
    { claim: 'everything that was spent is counted', isKept: unknown >= 0 },
    { claim: 'nothing more is counted than what nobody could know', isKept: unknown <= mostUnknown },
    { claim: 'nothing stays reserved', isKept: counted.reserved === 0 },
    // Without these the run would have shown nothing.
    {
      claim: 'the largest reservation is at most 0.2% of the cap',
      isKept: largestReservation <= cap * LARGEST_RESERVATION,
    },
    { claim: 'calls were refused, and processes killed', isKept: refused > asked * 0.05 && killed > 0 },
    { claim: 'hardly a call was lost with its process', isKept: calls > asked * 0.95 },
  ];
}
