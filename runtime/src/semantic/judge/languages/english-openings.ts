/** What a sentence can begin with, and what it then asks for. Kinds are compared, never shown. */
import { phrases, phraseTable } from '../phrase-table.ts';

const BY_KIND: Readonly<Record<string, string>> = {
  'how to':
    'how do i|how can i|how could i|how to|how do i go about|what is the way to|what are the steps to|what should i do to|what can i do to|what do i do to|what do i need to do to|what do i have to do to|what are ways to|what are some ways to|what are the ways to',
  'how should': 'how should i',
  how: 'how do|how does|how can|how is|how are|how',
  'how much': 'how much do|how much does|how much is|how much are|how much',
  'how many': 'how many',
  'how long': 'how long do|how long does|how long is|how long are|how long',
  'how far': 'how far is|how far do|how far does|how far',
  'how often':
    'how often do|how often does|how often is|how often|how frequently do|how frequently does|how frequently is|how frequently',
  'how old': 'how old is|how old are|how old',
  can: 'can i|could i|is it possible to|is it possible for me to|am i able to|would it be possible to|would it be possible for me to',
  may: 'may i|am i allowed to|am i permitted to',
  'what is': 'what is|what are|which is|which are|what are some|which are some|what is meant by',
  what: 'what do|what does|what|which do|which does|which',
  'what kind': 'what kind of|what kinds of|what type of|what types of',
  'what time': 'what time|at what time|what time do|what time does|what time is',
  where:
    'where do|where does|where|in which place do|in which places do|in what place do|in what places do|in which place|in which places',
  when: 'when do|when does|when|on what date|on which date',
  'what happens if': 'what happens if|what happens when|what will happen if|what if',
  why: 'why do|why does|why|for what reason|what is the reason why',
  who: 'who do|who does|who is|who are|who|which person|what person',
  'yes or no': 'do|does',
};

export const ENGLISH_OPENINGS = phraseTable(
  Object.entries(BY_KIND).flatMap(([kind, texts]) => phrases(texts).map((phrase) => [phrase, kind] as const)),
);
