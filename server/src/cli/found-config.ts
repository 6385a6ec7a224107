/**
 * What `farthing init` writes after a look at the code. All findings are comments, so that no figure changes until the
 * user confirms an entry by removing its slashes.
 */
import { printable } from '@farthing/shared/printable';
import type { Report, ReportCall } from '@farthing/shared/report';
import { writeEntry, writeObject } from '../files/config-edits.ts';
import { folderOf } from '../files/paths.ts';
import { countedCalls, describeBriefCost } from '../report/describe.ts';
import { byCost, featureGroups } from '../report/feature-groups.ts';
import { plural } from '../report/plural.ts';
import { describeProposal, type Proposals } from './propose-models.ts';
import { schemaFor } from './starter.ts';

/** A longer list is not read. */
const MAX_ROWS = 5;

type Lines = readonly string[];

/** @param folder absolute: where the file will be */
export function foundConfig(folder: string, report: Report, proposals: Proposals): string {
  const calls = countedCalls(report);
  const members: readonly (readonly [comments: Lines, member: string, within: Lines])[] = [
    [[], ...schemaMember(folder)],
    [summary(report, calls), '"rules": {}', []],
    [tests(report), '"ignore": []', []],
    [[], '"volumes": []', volumes(calls)],
    [wrappers(calls), '"models": []', models(proposals)],
    [[], '"prices": []', prices(calls)],
    [[], '"baseUrls": {}', []],
  ];
  const written = members
    .filter(([, member]) => member !== '')
    .map(([comments, member, within]) => [...comments.map(comment), filled(member, within)].join('\n'));
  return `{\n${written.join(',\n')}\n}\n`;
}

function schemaMember(folder: string): readonly [string, Lines] {
  const { $schema } = schemaFor(folder);
  return [$schema === undefined ? '' : `"$schema": ${JSON.stringify($schema)}`, []];
}

function comment(line: string): string {
  return `  // ${printable(line)}`;
}

/** A list with comments in it, on lines of their own. */
function filled(member: string, within: Lines): string {
  if (within.length === 0) return `  ${member}`;
  return `  ${member.slice(0, -1)}\n${within.map((line) => `  ${comment(line)}`).join('\n')}\n  ]`;
}

function summary({ calls: all }: Report, calls: readonly ReportCall[]): Lines {
  if (all.length === 0) return ['No LLM call was found here.'];
  const files = new Set(calls.map(({ path }) => path)).size;
  return [
    `Found ${plural(calls.length, 'LLM call')} in ${plural(files, 'file')}. The entries below are proposals: remove the`,
    'slashes before those that are right. "farthing explain" lists the rules.',
  ];
}

function tests({ calls }: Report): Lines {
  const inTests = calls.filter(({ isTest }) => isTest);
  if (inTests.length === 0) return [];
  const folders = [...new Set(inTests.map(({ path }) => folderOf(path) || '.'))].sort();
  return [
    `${plural(inTests.length, 'call')} in tests and evaluations (${listed(folders)}): in no total, without findings.`,
    'What is listed here is not scanned at all.',
  ];
}

function wrappers(calls: readonly ReportCall[]): Lines {
  const groups = featureGroups(calls);
  if (groups.length === 0) return [];
  const named = groups.map(({ name, calls: own }) => `${name} (${plural(own.length, 'call')})`);
  return [`Functions of this project that send requests: ${listed(named)}.`];
}

/** The most expensive calls first: what they cost a month depends on how often they run. */
function volumes(calls: readonly ReportCall[]): Lines {
  const open = calls
    .filter(({ cost, calledFrom }) => cost.perMonth === null && cost.perCall !== null && calledFrom === null)
    .toSorted(byCost)
    .slice(0, MAX_ROWS);
  if (open.length === 0) return [];
  return [
    'How often a call runs gives its cost per month. The most expensive calls, with a number to replace:',
    ...open.map((call) => {
      const selector = call.function === null ? {} : { function: call.function };
      const entry = writeObject({ path: call.path, ...selector, callsPerMonth: '1k' });
      return `${entry}, // ${describeBriefCost(call)}`;
    }),
  ];
}

function models({ proposals }: Proposals): Lines {
  return proposals.flatMap((proposal) => [describeProposal(proposal), `${writeEntry(proposal.entry)},`]);
}

/** Models that the code is certain of, and that no price table has. */
function prices(calls: readonly ReportCall[]): Lines {
  const unknown = calls.flatMap(({ model: { value, alternatives }, provider }) =>
    value !== null && alternatives.every(({ price }) => price === null) ? [{ provider, model: value }] : [],
  );
  const entries = [...new Set(unknown.map((model) => writeObject({ ...model, input: 1, output: 2 })))];
  if (entries.length === 0) return [];
  return [
    'In no price table. Dollars per million tokens, with numbers to replace:',
    ...entries.slice(0, MAX_ROWS).map((entry) => `${entry},`),
  ];
}

function listed(names: readonly string[]): string {
  const rest = names.length - MAX_ROWS;
  const shown = names.slice(0, MAX_ROWS).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
