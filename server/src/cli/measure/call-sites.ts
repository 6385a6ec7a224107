/** Where the calls of a scanned project are, for a process that records them: `.farthing/call-sites.json`. */
import { createHash } from 'node:crypto';
import type { CallSitesFile, MarkedCall, MarkedFile } from '@farthing/shared/measured/call-sites';
import { isRequest, type LlmCall } from '../../calls/call.ts';
import { isNotebook, relativeTo } from '../../files/paths.ts';
import { frontendFor } from '../../frontends/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';

export interface CallSites {
  readonly file: CallSitesFile;
  /** Calls of which a recorded process knows the id. */
  readonly marked: number;
  /** The others of the same languages: they have the place that the stack names. */
  readonly unmarked: number;
}

type Code = Pick<Workspace, 'root' | 'found' | 'file' | 'code'>;

export function callSitesOf(workspace: Code): CallSites {
  const files: Record<string, MarkedFile> = {};
  let marked = 0;
  let unmarked = 0;
  for (const path of workspace.found()) {
    const text = workspace.code.textOf(path);
    // What Node loads: a notebook is none of it.
    if (text === null || isNotebook(path) || workspace.code.languageOf(path) !== 'typescript') continue;
    const { calls: all } = workspace.file(path);
    const calls = markedCalls(text, path, all);
    marked += calls.length;
    unmarked += all.length - calls.length;
    if (calls.length === 0) continue;
    files[relativeTo(path, workspace.root)] = { hash: createHash('sha256').update(text).digest('hex'), calls };
  }
  return { file: { version: 1, files }, marked, unmarked };
}

function markedCalls(text: string, path: string, calls: readonly LlmCall[]): readonly MarkedCall[] {
  const frontend = frontendFor(path, null);
  return calls
    .flatMap((call) => {
      const { start, end } = call.origin;
      const form = frontend?.callForm(text, path, { start, end }) ?? null;
      return form === null ? [] : [{ id: call.id, start, end, form, isRequest: isRequest(call) }];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
}
