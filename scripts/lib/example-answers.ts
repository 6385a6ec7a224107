/** What the fake provider says to the applications of `examples/runtime`. */
import type { Step } from '../../test/provider/script.ts';
import type { FakeProvider } from '../../test/provider/server.ts';

/** By a part of the prompt, and some by the model as well; the first that fits, in this order. */
const ANSWERS: readonly (readonly [prompt: string, step: Step, model?: string])[] = [
  ['And on Mondays?', { text: 'No, the museum is closed on Mondays. The yard is open for a walk along the harbour.' }],
  [
    'And about the moon.',
    {
      text: 'It pulls at the water, most where it is nearest. The water follows, a little late.',
      reasoningTokens: 370,
    },
  ],
  [
    'everything about tides',
    { text: 'Twice a day the sea comes, and twice it goes. The rest is in the flood room.', reasoningTokens: 370 },
  ],
  ['When do you open?', { text: 'At ten, from Tuesday to Sunday. The tide clock is wound on Fridays at noon.' }],
  [
    'Compare these two',
    { text: `Both buyers speak of the same seam. ${'One was lucky with the weather, the other was not. '.repeat(11)}` },
  ],
  ['stood in a storm', { text: 'praise' }],
  ['Zip broke', { text: 'complaint' }],
  ['Fine for the price', { text: 'praise' }],
  ['Exchange took four', { text: 'complaint' }],
  ['loves the blue', { text: 'praise' }],
  ['within the hour', { text: 'praise' }],
  ['Smells of glue', { text: 'complaint' }],
  ['Lighter than', { text: 'praise' }],
  ['Nobody answers', { text: 'complaint' }],
  ['Question: Is the museum open', { text: 'No, the museum is closed on Mondays.' }],
  ['Question: Are dogs', { text: 'Guide dogs are welcome everywhere, other dogs may wait in the yard.' }],
  ['Question: Do you lend', { text: 'Yes, boots are lent at the door of the flood room, in all sizes.' }],
  ['Question: May I take', { text: 'Yes, with a permit for the day, which the office gives.' }],
  ['My parcel has not come', { text: '{"topic":"delivery","claims":[],"total":0}' }],
  ['for the lamp', { text: '{"topic":"billing","claims":[12.5,7.25],"total":20.25}' }, 'gpt-6-luna'],
  ['for the lamp', { text: '{"topic":"billing","claims":[12.5,7.25],"total":19.75}' }],
  ['Of the three bills', { text: 'The customer wants 23.00 back.' }, 'gpt-6-luna'],
  ['Of the three bills', { text: '{"topic":"billing","claims":[18.9,9.1,-5],"total":28}' }, 'gpt-6-sol'],
  ['Of the three bills', { text: '{"topic":"billing","claims":[18.9,9.1,-5],"total":23}' }],
];

export function scriptAnswers(provider: FakeProvider): void {
  for (const [text, step, model] of ANSWERS) provider.script(model === undefined ? { text } : { text, model }, step);
}
