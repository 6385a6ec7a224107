import type { ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { callSection, findingSection, textOf } from '../../../inspect/report-tables.ts';
import { figure, spread } from '../../../inspect/tables/figures.ts';
import { table } from '../../../inspect/tables/table.ts';
import { describeCost } from '../../../report/describe.ts';
import { describeRun } from '../../../report/describe-multiplier.ts';
import { explainRule, listRules } from '../../commands/explain.ts';
import { findCall } from '../find-call.ts';
import { scanned } from '../scanned.ts';
import type { Tool } from '../tool.ts';

export const explain: Tool = {
  name: 'explain',
  description:
    'Explains a call (its prompt by parts, what its cost is made of, its findings and what to do about them), or a rule. Without arguments: lists the rules.',
  arguments: {
    call: { type: 'string', description: 'path:line of a call as scan lists it, such as src/answer.ts:42.' },
    rule: { type: 'string', description: 'A rule, such as uncached-static-prompt.' },
  },
  required: [],
  run: async (given, context) => {
    const rule = given.text('rule');
    const named = given.text('call');
    const parts = [
      ...(named === null ? [] : [await explainCall(named, context)]),
      ...(rule === null ? [] : [explainRule(rule)]),
    ];
    return parts.length === 0 ? listRules() : parts.join('\n');
  },
};

async function explainCall(named: string, context: Parameters<Tool['run']>[1]): Promise<string> {
  const report = await scanned(context);
  const call = findCall(report, named);
  const diagnostics = report.diagnostics.filter((finding) => finding.call === call.id);
  const run = describeRun(call);
  const head = [
    `${call.path}:${call.line}:${call.column} to line ${call.endLine}, id ${call.id}`,
    `cost: ${describeCost(call)}`,
    ...(run === '' ? [] : [run]),
    ...(call.outputLimit.state === 'absent' ? ['no output limit'] : []),
    ...call.via.map(
      ({ path, line, function: name }) => `leads through ${path}:${line}${name === null ? '' : ` in ${name}`}`,
    ),
  ];
  return textOf(head, [
    { title: 'Prompt (input tokens)', lines: promptLines(call) },
    { title: 'Models that it may use ($ per million tokens)', lines: modelLines(call) },
    callSection([call]),
    findingSection({ diagnostics }),
    { title: 'What to do', lines: remedies(diagnostics) },
  ]);
}

function promptLines({ tokens: { sections } }: ReportCall): readonly string[] {
  if (sections.length === 0) return [];
  return table(
    [
      { head: 'part', cell: ({ role }: (typeof sections)[number]) => role },
      { head: 'changes', cell: ({ stability }) => stability },
      { head: 'tokens', cell: (section) => spread(section) },
      { head: 'basis', cell: ({ basis }) => basis },
    ],
    sections,
  );
}

function modelLines({ model: { alternatives } }: ReportCall): readonly string[] {
  if (alternatives.length === 0) return [];
  return table(
    [
      { head: 'model', cell: ({ name }: (typeof alternatives)[number]) => name },
      { head: 'provider', cell: ({ provider }) => provider },
      { head: 'in', cell: ({ price }) => (price?.input == null ? '?' : figure(price.input)) },
      { head: 'out', cell: ({ price }) => (price?.output == null ? '?' : figure(price.output)) },
      { head: 'named at', cell: ({ where }) => (where === null ? null : `${where.path}:${where.line}`) },
    ],
    alternatives,
  );
}

function remedies(diagnostics: readonly ReportDiagnostic[]): readonly string[] {
  const rules = [...new Set(diagnostics.map(({ rule }) => rule))];
  const fixable = [...new Set(diagnostics.filter(({ fix }) => fix !== 'none').map(({ rule }) => rule))];
  return [
    ...rules.map((rule) => `${rule}: explain with rule="${rule}" says why, and shows the code before and after`),
    ...(fixable.length === 0 ? [] : [`apply the fix: farthing scan --fix-suggested ${fixable.join(',')} PATH`]),
  ];
}
