/** Runs a suite inside the extension host, by VS Code's own means for that: `extensionTestsPath`. */
import type { Page } from 'playwright-core';
import { suiteUrl } from '../../../scripts/lib/workbench.ts';
import { MARK } from '../suite/mark.ts';

export interface SuiteRun {
  /** 0 where every test of the suite passed. */
  readonly status: number;
  /** What the suite printed. */
  readonly output: readonly string[];
}

export interface SuiteOptions {
  readonly url: string;
  /** A folder or a `.code-workspace` file. */
  readonly workspace: string;
  /** The built suite: a module with `run()`. */
  readonly suite: string;
}

const LIMIT = 240_000;

export async function runSuite(page: Page, { url, workspace, suite }: SuiteOptions): Promise<SuiteRun> {
  const output: string[] = [];
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The suite did not end within ${LIMIT / 1000} s:\n${output.join('\n')}`)),
      LIMIT,
    );
    const exit = (status: number): void => {
      clearTimeout(timer);
      resolve(status);
    };
    void page.exposeFunction('codeAutomationExit', exit);
  });
  await page.exposeFunction('codeAutomationLog', (_kind: string, given: unknown[]) => {
    for (const line of given.map(String).join(' ').split('\n')) {
      // The extension host speaks of much else.
      if (line.startsWith(MARK)) output.push(line.slice(MARK.length));
    }
  });
  await page.goto(suiteUrl(url, workspace, suite));
  const status = await ended;
  return { status, output };
}
