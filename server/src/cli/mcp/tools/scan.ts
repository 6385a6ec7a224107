import { GROUPINGS } from '../../../inspect/groups.ts';
import { viewText } from '../../../inspect/view.ts';
import { conditionOf } from '../../inspect/condition-option.ts';
import { ownersIn, scanned } from '../scanned.ts';
import type { Tool } from '../tool.ts';
import { pathIn } from '../workspace-path.ts';

const DEFAULT_ROWS = 50;

export const scan: Tool = {
  name: 'scan',
  description:
    'Finds every LLM call in TypeScript, JavaScript, Python and notebooks, with model, tokens, cost and what makes it more expensive than necessary. Start with summary or topSavings; then read one file (path) or fewer calls (filter).',
  arguments: {
    path: { type: 'string', description: 'A file or folder in the workspace. Default: all of it.' },
    summary: { type: 'boolean', description: 'Only totals, by model and by rule.' },
    topSavings: { type: 'integer', description: 'The findings that save the most, so many.' },
    groupBy: { type: 'string', values: GROUPINGS, description: 'Calls, cost and findings added up by this.' },
    filter: {
      type: 'string',
      description:
        'Conditions, separated by spaces, that must all fit: path=src/**, function=, model=gpt-4*, provider=, sdk=, owner=, rule=a,b, severity=warning.',
    },
    includeTests: { type: 'boolean', description: 'Also look for findings in tests, evaluations and examples.' },
    limit: { type: 'integer', description: `Rows of each list. Default: ${DEFAULT_ROWS}.` },
  },
  required: [],
  run: async (given, context) => {
    const filter = (given.text('filter') ?? '')
      .split(/\s+/)
      .filter((text) => text !== '')
      .map(conditionOf);
    const report = await scanned(context, pathIn(context.root, given.text('path') ?? '.'), given.flag('includeTests'));
    const view = {
      filter,
      isSummary: given.flag('summary'),
      topSavings: given.count('topSavings'),
      groupBy: GROUPINGS.find((grouping) => grouping === given.text('groupBy')) ?? null,
      limit: given.count('limit') ?? DEFAULT_ROWS,
    };
    return viewText(report, view, ownersIn(context.root), 'ask for a path, a filter, or a higher limit');
  },
};
