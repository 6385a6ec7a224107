/** Where a rule's document is published: `docs/rules/` of the repository. The one place that knows the address. */
const DOCUMENTS = 'https://github.com/farthing-llm/farthing/blob/main/docs/rules';

export function ruleUrl(rule: string): string {
  return `${DOCUMENTS}/${rule}.md`;
}
