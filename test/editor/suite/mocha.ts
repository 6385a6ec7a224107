/** The test runner, as far as both suites need it. */
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { MARK } from './mark.ts';
import { revert } from './support.ts';

/** @param load imports the files that declare tests, by mocha's `suite` and `test` */
export async function runTests(load: () => Promise<void>): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 120_000, reporter: Lines });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // A test that fails must not take the next one along.
  teardown(revertAll);
  await load();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the tests in the extension host failed`);
}

async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) if (document.isDirty) await revert(document);
}

class Lines extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner) {
    super(runner, {});
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_PASS, (test) => say(`ok  ${test.fullTitle()} (${test.duration} ms)`));
    runner.on(EVENT_TEST_FAIL, (test, error) => say(`FAILED  ${test.fullTitle()}\n${error.stack ?? error}`));
  }
}

function say(text: string): void {
  console.log(text.replace(/^/gm, MARK));
}
