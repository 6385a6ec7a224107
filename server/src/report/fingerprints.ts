/** Names for findings that stay the same while the code around them changes. */
import { createHash } from 'node:crypto';
import type { ReportDiagnostic } from '@farthing/shared/report';

/**
 * By finding: a hash of its rule and its call site, and how many of the same came before it, so that no two findings of a
 * report share a name. A finding without a call has that of its file.
 */
export function fingerprints(diagnostics: readonly ReportDiagnostic[]): ReadonlyMap<ReportDiagnostic, string> {
  const counts = new Map<string, number>();
  return new Map(
    diagnostics.map((diagnostic) => {
      const { rule, call, path } = diagnostic;
      const hash = createHash('sha256')
        .update(JSON.stringify([rule, call, path]))
        .digest('hex')
        .slice(0, 16);
      const count = (counts.get(hash) ?? 0) + 1;
      counts.set(hash, count);
      return [diagnostic, `${hash}:${count}`];
    }),
  );
}
