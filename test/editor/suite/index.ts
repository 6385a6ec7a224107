/** The suite that runs inside the extension host, with one folder open. VS Code calls `run` and reports its outcome. */
import { runTests } from './mocha.ts';

export function run(): Promise<void> {
  return runTests(async () => {
    await import('./features.ts');
    await import('./fixes.ts');
    await import('./notebooks.ts');
    await import('./settings.ts');
    await import('./files.ts');
    // Last, since a scan makes every file's findings known.
    await import('./commands.ts');
  });
}
