/** A day's questions at the museum's desk: what the cache answered, how often wrongly, and what that saved. */
import { formatDollars } from '@farthing/runtime';
import { answer } from './answer.ts';
import { questions } from './load.ts';
import { meter, wrong } from './meter.ts';

const QUESTIONS = 300;
const origins = new Map<string, number>();
for (const question of questions(QUESTIONS)) {
  // farthing-ignore-next-line batchable-loop -- each question stands for a visitor who waits for the answer
  const { origin } = await answer(question);
  origins.set(origin, (origins.get(origin) ?? 0) + 1);
}

const count = (origin: string): number => origins.get(origin) ?? 0;
console.log(`${QUESTIONS} questions`);
console.log(`  ${count('provider')} answered by the provider`);
console.log(`  ${count('exact-cache')} answered from the same question`);
console.log(`  ${count('semantic-cache')} answered from the same question in other words`);
console.log(`  ${wrong.length} answered wrongly${wrong.map((one) => `\n    ${one}`).join('')}`);

const [faq] = await meter.report('feature');
const saved = Object.entries(faq?.savedBy ?? {}).map(([layer, amount]) => `${formatDollars(amount)} by ${layer}`);
console.log(`${formatDollars(faq?.cost ?? 0)} spent, saved: ${saved.join(', ') || 'nothing'}`);

await meter.close();
