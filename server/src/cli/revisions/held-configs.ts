/** The configurations that hold for the calls of a revision, and what they say besides how to scan it. */
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ReportProblem } from '@farthing/shared/report';
import { absolute, isInside, relativeTo } from '../../files/paths.ts';
import type { HeldPolicy } from '../../policy/held-policy.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { ScanConfigs } from '../config.ts';

export interface HeldConfigs {
  readonly policies: readonly HeldPolicy[];
  /** Invalid values. */
  readonly problems: readonly ReportProblem[];
}

export function heldConfigs({
  workspace,
  configs,
}: {
  readonly workspace: Workspace;
  readonly configs: ScanConfigs;
}): HeldConfigs {
  const { root } = workspace;
  // Files that are gone count as well: what they cost was in the sums.
  const found = configs.holding([join(root, 'any'), ...workspace.paths()]);
  const policies = found.flatMap(({ name, config: { policy }, folder, holdsFor }): readonly HeldPolicy[] => {
    if (policy === null) return [];
    // A file that the command line names is not where the revision is.
    const top = absolute(configs.nested === undefined ? configs.configFolder : folder);
    const pathOf = (path: string): string | null => {
      const file = absolute(join(root, path));
      return holdsFor(dirname(file)) && isInside(file, top) ? relativeTo(file, top) : null;
    };
    return [{ name, policy, pathOf }];
  });
  return { policies, problems: found.flatMap(({ problems }) => problems) };
}

/** Names of the configurations whose policy came, went or is another one. */
export function changedPolicies(before: readonly HeldPolicy[], now: readonly HeldPolicy[]): readonly string[] {
  const names = new Set([...before, ...now].map(({ name }) => name));
  const policyIn = (list: readonly HeldPolicy[], wanted: string) =>
    list.find(({ name }) => name === wanted)?.policy ?? null;
  return [...names].filter((name) => !isDeepStrictEqual(policyIn(before, name), policyIn(now, name)));
}
