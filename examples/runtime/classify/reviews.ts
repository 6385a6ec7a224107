/** Tonight's reviews. Some customers press the button twice. */
export interface Review {
  readonly id: number;
  readonly text: string;
}

const TEXTS = [
  'The tent stood in a storm for three nights. I would buy it again.',
  'Zip broke on day two, and the shop wants a photo of the bill that it sent me itself.',
  'Fine for the price.',
  'Zip broke on day two, and the shop wants a photo of the bill that it sent me itself.',
  'The boots are warm, but a size too small. Exchange took four weeks.',
  'Fine for the price.',
  'My daughter loves the blue one and will not take it off.',
  'Arrived with a hole in it. Support answered within the hour and sent another.',
  'The tent stood in a storm for three nights. I would buy it again.',
  'Smells of glue even after a month outside.',
  'Lighter than it looks, and it packs down to nothing.',
  'I ordered two and got one. Nobody answers the phone.',
];

export const REVIEWS: readonly Review[] = TEXTS.map((text, index) => ({ id: index + 1, text }));

/** Pairs for the buyers' guide: a longer answer, which the large model writes. */
export const PAIRS: readonly (readonly [Review, Review])[] = REVIEWS.flatMap((first, index) =>
  REVIEWS.slice(index + 1, index + 2).map((second): [Review, Review] => [first, second]),
);
