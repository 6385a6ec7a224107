/** One scan of a checkout as `npm run corpus` records it, and what has changed between two of them. */

export interface CorpusRun {
  readonly checkout: string;
  readonly calls: number;
  readonly findings: readonly CorpusFinding[];
  /** The scan's own processor time. */
  readonly seconds: number;
  /** The most memory that it held at once. */
  readonly megabytes: number;
  /** Why the scan counts as failed: it crashed, or a rule threw. Null for a scan that went through. */
  readonly failure: string | null;
}

export interface CorpusFinding {
  readonly rule: string;
  /** `path:line`, or `path:cell:line` in a notebook. */
  readonly place: string;
  /** Set by hand in a recorded run once the finding was read and found to be false: it may go. */
  readonly isWrong?: boolean;
}

/** What is printed of a process that has ended; `usage` is the last line of what it wrote to standard error. */
export interface EndedScan {
  readonly checkout: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly calls: readonly unknown[];
  readonly diagnostics: readonly {
    readonly rule: string;
    readonly path: string;
    readonly cell: number | null;
    readonly line: number;
  }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Preloaded into the scanned process: states what it used, as the last line on standard error. */
export const STATE_USAGE = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { userCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write(`\\n${JSON.stringify({ userCPUTime, maxRSS })}`); });',
)}`;

/** A rule that throws is a problem of the report, not of its exit status. */
const RULE_FAILED = /^the rule \S+ failed on /;

export function runOf({ checkout, status, stdout, stderr }: EndedScan): CorpusRun {
  const { userCPUTime = 0, maxRSS = 0 } = usageOf(stderr);
  const used = { seconds: userCPUTime / 1e6, megabytes: Math.round(maxRSS / 1_024) };
  if (status !== 0) {
    return { checkout, calls: 0, findings: [], ...used, failure: `the scan ended with status ${status}` };
  }
  const { calls, diagnostics, problems } = JSON.parse(stdout) as Report;
  const findings = diagnostics.map(({ rule, path, cell, line }) => ({
    rule,
    place: [path, ...(cell === null ? [] : [cell]), line].join(':'),
  }));
  const thrown = problems.find(({ message }) => RULE_FAILED.test(message));
  return { checkout, calls: calls.length, findings, ...used, failure: thrown?.message ?? null };
}

function usageOf(stderr: string): { readonly userCPUTime?: number; readonly maxRSS?: number } {
  const last = stderr.slice(stderr.lastIndexOf('\n') + 1);
  return last.startsWith('{') ? JSON.parse(last) : {};
}

export interface CorpusChange {
  readonly added: readonly string[];
  /** Without those that the recorded run marks as wrong. */
  readonly removed: readonly string[];
}

/** The findings that only one of two runs of a checkout has, as `rule place`. */
export function changeBetween(recorded: CorpusRun, now: CorpusRun): CorpusChange {
  return {
    added: without(now.findings, recorded.findings),
    removed: without(
      recorded.findings.filter(({ isWrong }) => isWrong !== true),
      now.findings,
    ),
  };
}

/** Two findings of a rule at one place are two. */
function without(findings: readonly CorpusFinding[], others: readonly CorpusFinding[]): readonly string[] {
  const left = others.map(nameOf);
  return findings.map(nameOf).filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function nameOf({ rule, place }: CorpusFinding): string {
  return `${rule} ${place}`;
}
