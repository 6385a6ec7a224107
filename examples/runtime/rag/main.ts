/** Questions at the museum's desk, answered from its handbook. */
import { formatDollars } from '@farthing/runtime';
import { answer } from './answer.ts';
import { PASSAGES } from './handbook.ts';
import { meter } from './meter.ts';
import { find, indexOf } from './search.ts';

const QUESTIONS = [
  'Is the museum open on Mondays?',
  'Are dogs welcome?',
  'Do you lend boots for the flood room?',
  'May I take photographs with a tripod?',
  'Are dogs welcome?',
];

const index = await indexOf(PASSAGES);
for (const question of QUESTIONS) {
  const passages = await find(question, index);
  console.log(`${question}\n  ${await answer(question, passages)}\n  from: ${passages.map(titleOf).join(', ')}\n`);
}

for (const { key, calls, hits, cost, inputTokens, cachedInputTokens, savedBy } of await meter.report('feature')) {
  const savings = Object.entries(savedBy).map(([layer, amount]) => `${formatDollars(amount)} by ${layer}`);
  console.log(
    `${key}: ${calls} calls, ${hits} from the cache, ${inputTokens} tokens in (${cachedInputTokens} of them read by the provider's cache), ${formatDollars(cost)} spent, saved: ${savings.join(', ') || 'nothing'}`,
  );
}

await meter.close();

function titleOf(passage: string): string {
  return passage.slice(0, passage.indexOf('.'));
}
