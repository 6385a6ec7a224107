/** `farthing/explain`: a rule's document. */
import { LISTED_RULES } from '../../lint/rule-list.ts';
import type { Handler } from '../context.ts';

export const explain: Handler<{ readonly rule: string }, string | null> = ({ rule }) => {
  const found = LISTED_RULES.find(({ id }) => id === rule);
  return found ? `# ${found.id}\n\n${found.summary}\n\n${found.documentation.replaceAll('~~~', '```')}\n` : null;
};
