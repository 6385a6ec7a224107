/** What visitors ask, in their words, and questions that look the same but are not. */
interface Topic {
  readonly question: string;
  readonly paraphrases: readonly string[];
  /** Each is about something else. */
  readonly traps: readonly string[];
}

export const TOPICS: readonly Topic[] = [
  {
    question: 'How do I book a guided tour?',
    paraphrases: [
      'How can I book a guided tour?',
      'Hi, how do I book a guided tour please?',
      'How do I reserve a tour?',
    ],
    traps: ['How do I cancel a guided tour?', 'Can I book a guided tour?'],
  },
  {
    question: 'What does a ticket cost?',
    paraphrases: ['How much does a ticket cost?', 'What is the price of a ticket?', 'How much is it to get in?'],
    traps: ['What does a parking ticket cost?', 'What did a ticket cost?'],
  },
  {
    question: 'Can I bring my dog?',
    paraphrases: ['Is it possible to bring my dog?', 'Hello, can I bring my dog?', 'Are dogs OK?'],
    traps: ["Can't I bring my dog?", 'Can I bring my two dogs?'],
  },
  {
    question: 'Where is the flood room?',
    paraphrases: [
      "Where's the flood room?",
      'Please tell me where the flood room is',
      'Can you tell me where is the flood room?',
    ],
    traps: ['Where was the flood room?', 'Why is the flood room closed?'],
  },
  {
    question: 'How many steps are there in the tower?',
    paraphrases: [
      'How many steps does the tower have?',
      'How many steps are in the tower?',
      'Is the tower a long climb?',
    ],
    traps: ['How many towers have steps?', 'How high is the tower?'],
  },
  {
    question: 'Which tide clock is the oldest in the museum?',
    paraphrases: ['What is the oldest tide clock in the museum?', 'Which of your tide clocks is the oldest?'],
    traps: ['What is the newest tide clock in the museum?', 'What is the second oldest tide clock in the museum?'],
  },
  {
    question: 'Do I need to pay for children under 6?',
    paraphrases: ['Do I have to pay for kids under 6?', 'Do I have to pay for children under six?'],
    traps: ['Do I need to pay for children under 16?', 'Do I need to pay for children over 6?'],
  },
  {
    question: '¿Cómo reservo una visita guiada?',
    paraphrases: ['¿Cómo puedo reservar una visita guiada?', 'Hola, ¿cómo se reserva una visita guiada?'],
    traps: ['¿Cómo cancelo una visita guiada?', '¿Cuándo reservo una visita guiada?'],
  },
];

/** The number of a question's topic; each trap is a topic of its own. */
const topics = new Map(
  TOPICS.flatMap(({ question, paraphrases, traps }) => [
    [question, ...paraphrases],
    ...traps.map((trap) => [trap]),
  ]).flatMap((questions, topic) => questions.map((question) => [question, topic] as const)),
);

export function isSameTopic(one: string, other: string): boolean {
  return topics.get(one) === topics.get(other);
}
