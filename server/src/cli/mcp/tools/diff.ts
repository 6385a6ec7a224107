import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { printableData } from '@farthing/shared/printable';
import { diffText } from '../../../inspect/diff-tables.ts';
import { comparedBy } from '../../revisions/compared.ts';
import { judgedDiff } from '../../revisions/judged-diff.ts';
import type { Tool } from '../tool.ts';
import { pathIn } from '../workspace-path.ts';

export const diff: Tool = {
  name: 'diff',
  description:
    "What the working tree (or another commit) changes in the cost of LLM calls since a commit: the verdict of the project's policy, changed calls with the causes of each change, and findings that come and go. Use it before you finish a change.",
  arguments: {
    base: { type: 'string', description: 'The commit or branch to compare with, such as origin/main. Default: HEAD.' },
    head: { type: 'string', description: 'The commit to compare. Default: the working tree.' },
  },
  required: [],
  run: async (given, { io, root, drive }) => {
    const names = [given.text('base') ?? 'HEAD', ...[given.text('head')].flatMap((head) => head ?? [])];
    // Two folders can be compared as well: those of the workspace.
    for (const name of names) if (isFolder(resolve(root, name))) pathIn(root, name);
    const compared = comparedBy(names, null, io);
    try {
      const { report } = await judgedDiff(compared, { failOn: 'error', minSaving: 1 }, [], io, drive);
      return (
        compared
          .problems()
          .map((problem) => `${problem}\n`)
          .join('') + diffText(printableData(report))
      );
    } finally {
      compared.remove();
    }
  },
};

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
