import { nearest } from '@farthing/shared/nearest';
import { LISTED_RULES } from '../../lint/rule-list.ts';
import { UsageError } from '../exit.ts';
import type { AddCommand } from '../main.ts';

/** `farthing explain <rule>`: the rule's document, as published; without a name, the list of all rules. */
export const addExplain: AddCommand = (program, io) => {
  program
    .command('explain')
    .description('print what a rule finds, why it costs money and what to do')
    .argument('[rule]', 'rule name, as shown in findings (default: list all rules)')
    .addHelpText('after', '\nExample:\n  farthing explain uncached-static-prompt')
    .action((id: string | undefined) => {
      io.out(id === undefined ? listRules() : explainRule(id));
    });
};

/** All rules, one a line. */
export function listRules(): string {
  const width = Math.max(...LISTED_RULES.map(({ id }) => id.length));
  const lines = LISTED_RULES.map(
    ({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(11)}  ${summary}`,
  );
  return `${lines.join('\n')}\n`;
}

/** The document of a rule. @throws UsageError if there is none */
export function explainRule(id: string): string {
  const rule = LISTED_RULES.find((candidate) => candidate.id === id);
  if (rule !== undefined) {
    return `# ${rule.id}\n\n${rule.summary}\n(${rule.severity} by default; ${rule.facts})\n\n${rule.documentation}\n`;
  }
  const guess = nearest(
    id,
    LISTED_RULES.map((candidate) => candidate.id),
  );
  const advice = guess === null ? '`farthing explain` lists them all.' : `Did you mean ${guess}?`;
  throw new UsageError(`"${id}" is not a rule. ${advice}`);
}
