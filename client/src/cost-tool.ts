/**
 * The calls of the workspace and what they cost, for the assistant of the editor: a tool that a user names in a question
 * (`#llmCost`), or lets the assistant use. Nothing is handed over before.
 */
import * as vscode from 'vscode';
import { fetchReport } from './report/data.ts';
import { byCost, type CallRow, callRows, findingRows } from './report/rows.ts';
import type { Server } from './server.ts';

const NAME = 'farthing_costs';
/** Calls and findings that are handed over. */
const MAX_ROWS = 60;

interface Input {
  /** Only calls whose path contains it. */
  readonly path?: string;
}

export function registerCostTool(server: Server): vscode.Disposable {
  return vscode.lm.registerTool<Input>(NAME, {
    invoke: async ({ input }) =>
      new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await factsOf(server, input.path ?? ''))]),
  });
}

/** In English, as a model is asked. */
async function factsOf(server: Server, path: string): Promise<string> {
  const found = await fetchReport(server);
  if (found === null) return 'Farthing is not running.';
  const calls = callRows(found)
    .filter((call) => call.path.includes(path))
    .toSorted(byCost);
  const findings = findingRows(found).filter(({ place }) => place.includes(path));
  return [
    found.isWholeWorkspace ? '' : 'Only open files are known. The command farthing.scanWorkspace finds all calls.',
    `${calls.length} LLM calls, the most expensive first:`,
    ...calls.slice(0, MAX_ROWS).map(lineOf),
    `${findings.length} findings:`,
    ...findings.slice(0, MAX_ROWS).map(({ place, rule, message }) => `- ${place} ${rule}: ${message}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function lineOf({ place, name, api, model, input, output, cost }: CallRow): string {
  return `- ${[place, name, api, model, input, output, cost].filter((part) => part !== '').join(' | ')}`;
}
