/** The verdict on a change: what its policy and its new findings say. */
import type { DiffEffect, DiffReason, DiffVerdict } from '@farthing/shared/diff-report';
import type { ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import type { UnjudgedDiff } from '../diff/build-diff.ts';
import type { Side } from '../diff/side.ts';
import { callDigest } from '../lint/call-digest.ts';
import type { Breach } from './breach.ts';
import { callBreaches } from './call-breaches.ts';
import { codeOf, type Decision, withDecision } from './decisions.ts';
import { describeAllowed } from './describe-breach.ts';
import type { HeldPolicy } from './held-policy.ts';
import { monthBreaches } from './month-breaches.ts';

export interface JudgedDiff {
  readonly report: UnjudgedDiff;
  readonly base: Side;
  readonly head: Side;
  readonly renamed: ReadonlyMap<string, string>;
  /** Those of the new revision. */
  readonly policies: readonly HeldPolicy[];
  /** Names of the configurations whose policy the change alters. */
  readonly changedPolicies: readonly string[];
  readonly failOn: Severity | 'never';
  readonly decisions: readonly Decision[];
  readonly now: Date;
}

const EFFECTS: readonly DiffEffect[] = ['blocks', 'warns', 'allowed'];

export function judgeDiff(input: JudgedDiff): DiffVerdict {
  const digestOf = createDigests(input);
  const reasons = [
    ...breachesOf(input).map(({ held, breach }) => reasonOfBreach(breach, held, digestOf)),
    ...input.report.findings.new.flatMap((finding) => reasonOfFinding(finding, input.failOn, digestOf)),
    ...input.changedPolicies.map(reasonOfPolicy),
  ].map((reason) => withDecision(reason, input.decisions));
  const sorted = EFFECTS.flatMap((effect) => reasons.filter((one) => one.effect === effect));
  const [worst] = sorted;
  const result = worst?.effect === 'blocks' ? 'FAIL' : worst?.effect === 'warns' ? 'WARN' : 'PASS';
  return { result, reasons: sorted };
}

interface HeldBreach {
  readonly held: HeldPolicy;
  readonly breach: Breach;
}

function breachesOf({ report, base, head, renamed, policies, now }: JudgedDiff): readonly HeldBreach[] {
  const counted = report.calls.filter(({ head: one, base: other }) => isCounted(one ?? other, report));
  const months = { base: base.report, head: head.report, pathNow: (path: string) => renamed.get(path) ?? path };
  const canonical: Parameters<typeof callBreaches>[2] = (path, provider, name) =>
    head.catalogueAt(path).find(provider, name)?.id ?? null;
  return policies.flatMap((held) =>
    [...callBreaches(held, counted, canonical, now), ...monthBreaches(held, counted, months, now)].map((breach) => ({
      held,
      breach,
    })),
  );
}

/** Tests may call what they like, unless they were asked about. */
function isCounted(call: ReportCall | null, { includesTests }: Pick<UnjudgedDiff, 'includesTests'>): boolean {
  return call !== null && (includesTests || !call.isTest);
}

type DigestOf = (call: string) => string;

function createDigests({ base, head }: JudgedDiff): DigestOf {
  return (id) => {
    const call = head.analysed.get(id) ?? base.analysed.get(id);
    return call === undefined ? id : callDigest(call);
  };
}

function reasonOfBreach(breach: Breach, held: HeldPolicy, digestOf: DigestOf): DiffReason {
  const { rule, limit, enforcement, excess, text, calls, sum, exception } = breach;
  const [call] = calls;
  const isOne = sum === null && call !== undefined;
  return {
    effect: exception !== null ? 'allowed' : excess === 'certain' && enforcement.mode === 'block' ? 'blocks' : 'warns',
    rule,
    text: exception === null ? text : text + describeAllowed(exception),
    message: enforcement.message,
    code: codeOf(
      [rule, limit, sum ?? call?.id, held.name],
      calls.map(({ id }) => digestOf(id)),
    ),
    call: isOne ? call.id : null,
    path: isOne ? call.path : held.name,
    line: isOne ? call.line : null,
  };
}

/** What is only likely decides nothing, and hints are no reason to look. */
function reasonOfFinding(
  finding: ReportDiagnostic,
  failOn: Severity | 'never',
  digestOf: DigestOf,
): readonly DiffReason[] {
  const { rule, severity, confidence, message, call, path, line } = finding;
  if (confidence !== 'certain') return [];
  const rank = SEVERITIES.indexOf(severity);
  const blocks = failOn !== 'never' && rank <= SEVERITIES.indexOf(failOn);
  if (!blocks && rank > SEVERITIES.indexOf('warning')) return [];
  const code = codeOf([rule, call ?? path], [call === null ? message : digestOf(call)]);
  return [{ effect: blocks ? 'blocks' : 'warns', rule, text: message, message: null, code, call, path, line }];
}

function reasonOfPolicy(path: string): DiffReason {
  const text = 'The change alters the policy by which it is judged.';
  return { effect: 'warns', rule: 'policy-change', text, message: null, code: null, call: null, path, line: null };
}
