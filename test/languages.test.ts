/** Findings and fixes in every language: a message fits an editor's list, and Spanish has no English left in it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../server/src/rules/index.ts';
import { diagnosticsIn } from './support/findings.ts';
import { copyRuleFixtures } from './support/rule-fixtures.ts';

const fixtures = copyRuleFixtures();
/** Words that no Spanish text has and no code in these fixtures: names are quoted as they are. */
const ENGLISH =
  /\b(?:the|of|and|for|with|this|that|each|every|per|about|instead|costs?|calls?|request|answer|use|default)\b/i;

/** The texts of a rule's findings in its fixtures. */
function textsOf(rule: string): readonly Readonly<Record<'en' | 'es', string>>[] {
  return ['bad.ts', 'bad.py']
    .flatMap((name) => diagnosticsIn(join(fixtures, rule), name, rule))
    .flatMap(({ message, related, fixes }) => [
      { en: message('en'), es: message('es') },
      ...related.map(({ text }) => text),
      ...fixes().map(({ title }) => title),
    ]);
}

/** Without code: names of models, parameters and functions, and expressions. */
function prose(text: string): string {
  return text.replace(/`[^`]*`|"[^"]*"|«[^»]*»|\([^)]*[=:(][^)]*\)|\S*[._/]\S*/g, ' ');
}

test.each(rules.map(({ id }) => id))('%s', (rule) => {
  const texts = textsOf(rule);
  expect(texts.length).toBeGreaterThan(0);
  for (const { en, es } of texts) {
    expect(es).not.toBe(en);
    expect(prose(es)).not.toMatch(ENGLISH);
  }
});

/** Characters. An editor's list of problems and a hover show as much at once. */
const MAX_MESSAGE = 200;

test.each(rules.map(({ id }) => id))('%s says what, why and what to do in few words', (rule) => {
  for (const name of ['bad.ts', 'bad.py']) {
    for (const { message } of diagnosticsIn(join(fixtures, rule), name, rule)) {
      for (const language of ['en', 'es'] as const) {
        expect(message(language).length, message(language)).toBeLessThan(MAX_MESSAGE);
      }
    }
  }
});

test('English is recognised', () => {
  expect(prose('Use gpt-6-luna instead of the other')).toMatch(ENGLISH);
  expect(prose('Usar gpt-6-luna en lugar de max_tokens of.the')).not.toMatch(ENGLISH);
});
