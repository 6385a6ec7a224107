/** A whole scan: opens a workspace and asks it for everything. Synchronous, and no network is used. */
import type { Report } from '@farthing/shared/report';
import { absolute } from '../files/paths.ts';
import { createWorkspace, type ScanStep, type Workspace, type WorkspaceOptions } from './workspace.ts';

export interface ScanOptions extends Omit<WorkspaceOptions, 'onlyFile' | 'isLive' | 'now'> {
  /** Text on standard input, and the path under which it is analysed instead of what `paths` name. */
  readonly stdin?: { readonly path: string; readonly text: string } | null;
  readonly now: Date;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ScanResult {
  readonly report: Report;
  /** Still open, for further questions. */
  readonly workspace: Workspace;
}

export function scan(options: ScanOptions): ScanResult {
  const steps = scanSteps(options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    options.onProgress?.(step.value.done, step.value.total);
  }
}

/** The same in steps, between two files; it may be left at any of them. */
export function* scanSteps({ stdin, ...options }: ScanOptions): Generator<ScanStep, ScanResult> {
  const onlyFile = stdin ? absolute(stdin.path) : null;
  const workspace = createWorkspace({
    ...options,
    onlyFile,
    now: () => options.now,
    isLive: false,
    cache: stdin ? null : (options.cache ?? null),
  });
  if (stdin && onlyFile !== null) workspace.setOverlay(onlyFile, stdin.text);
  yield* workspace.scan();
  return { report: workspace.report(), workspace };
}
