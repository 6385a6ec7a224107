/** A sentence in the form in which it is compared: what it asks for, and the words that carry its meaning, in order. */
import { type Frame, isAboutWords, type Language } from './language.ts';
import { type Clause, type Sentence, type Token, word } from './tokens.ts';

/** @returns null for a sentence that says nothing but a courtesy */
export function frameOf({ clauses, isQuestion }: Sentence, language: Language): Frame | null {
  const [first = [], ...others] = withoutCourtesies(clauses, language);
  if (first.length === 0) return null;
  const task = taskOf(first, language);
  if (task !== null) return framed('statement', [...task, ...others.flat()], language);
  const thing = askedThing(first, language);
  if (thing !== null) return framed(language.thing, [...thing, ...others.flat()], language);
  const asked = [withoutAsking(first, language), ...others];
  // "At 60 mph, how long does it take?" begins with its question.
  const openings = asked.map((clause) => language.openings.match(clause));
  const at = openings.findIndex((opening) => opening !== null);
  const [main, opening] = [asked[at], openings[at]];
  if (main === undefined || opening === undefined || opening === null) {
    return framed(kindOf(first, isQuestion, language), asked.flat(), language);
  }
  const rest = asked.filter((_, index) => index !== at);
  return framed(opening.value, [...main.slice(opening.length), ...rest.flat()], language);
}

function kindOf([first]: Clause, isQuestion: boolean, { auxiliaries }: Language): string {
  if (first?.kind === 'word' && auxiliaries.has(first.key)) return 'yes or no';
  return isQuestion ? 'statement?' : 'statement';
}

function framed(kind: string, tokens: readonly Token[], language: Language): Frame {
  const frame = language.reframe({ kind, tokens: replaced(tokens, language) });
  const rules = isAboutWords(frame, language) ? { ...language, synonyms: NONE } : language;
  return { kind: frame.kind, tokens: withoutArticles(frame.tokens, rules) };
}

const NONE: Language['synonyms'] = new Map();

function withoutArticles(tokens: readonly Token[], language: Language): readonly Token[] {
  const kept: Token[] = [];
  let article: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'word' && language.ignored.has(token.key)) {
      article = token.key;
    } else {
      kept.push({ ...represented(token, language), article });
      article = undefined;
    }
  }
  return kept;
}

function represented(token: Token, { synonyms }: Language): Token {
  if (token.kind !== 'word') return token;
  const key = synonyms.get(token.key);
  return key === undefined ? token : { ...token, key };
}

function withoutCourtesies(clauses: readonly Clause[], { courtesies, greetings }: Language): readonly Clause[] {
  const isCourtesy = (clause: Clause | undefined): boolean =>
    clause !== undefined && courtesies.match(clause)?.length === clause.length;
  const start = isCourtesy(clauses[0]) ? 1 : 0;
  const end = isCourtesy(clauses.at(-1)) ? -1 : clauses.length;
  const [first = [], ...others] = clauses.slice(start, end);
  return [first.slice(greetings.match(first)?.length ?? 0), ...others].filter((clause) => clause.length > 0);
}

/** The task of "Can you summarize this?"; null if the clause is no request of this kind. */
function taskOf(clause: Clause, { requests, tasks }: Language): Clause | null {
  const request = requests.match(clause);
  const task = clause.slice(request?.length ?? 0);
  return request !== null && task[0]?.kind === 'word' && tasks.has(task[0].key) ? task : null;
}

function withoutAsking(clause: Clause, { askings, openings }: Language): Clause {
  const asking = askings.match(clause);
  const question = clause.slice(asking?.length ?? 0);
  return asking !== null && openings.match(question) !== null ? question : clause;
}

/** The thing of "Tell me the capital of Peru"; null if the clause is no request of this kind. */
function askedThing(clause: Clause, { askings, definiteArticles, definite }: Language): Clause | null {
  const asking = askings.match(clause);
  const [first, ...others] = clause.slice(asking?.length ?? 0);
  if (asking === null || first?.kind !== 'word' || others.length === 0) return null;
  return definiteArticles.has(first.key) || definite.has(first.key) ? [first, ...others] : null;
}

function replaced(tokens: readonly Token[], { phrases }: Language): readonly Token[] {
  const result: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const match = phrases.match(tokens, at);
    if (match === null) result.push(...tokens.slice(at, at + 1));
    else result.push(...match.value.map((key) => word(key)));
    at += match?.length ?? 1;
  }
  return result;
}
