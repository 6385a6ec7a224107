/** Golden texts of fixes: Markdown with a heading for each shape, the code before it and the code after it. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { analyze } from '../../server/src/analyzer.ts';
import { applyEdits } from '../../server/src/edits/apply-edits.ts';
import { editsOf } from '../../server/src/edits/edits-of.ts';
import type { Diagnostic } from '../../server/src/engine/lint.ts';
import type { ScanResult } from '../../server/src/engine/scan.ts';

/** Prices and retirements are read as of this day, so that the examples do not age. */
const NOW = new Date('2026-11-22T12:00:00Z');

export interface FixCase {
  readonly name: string;
  readonly file: string;
  readonly before: string;
  /** The text after the first fix; after the second fix where two texts follow, and so on. Empty where there is none. */
  readonly after: readonly string[];
}

/**
 * Under each heading the first block is the code before, the others what its fixes make of it. Blocks in front of the
 * first heading stand before every code of their language. `crlf` behind a block's language writes its line ends so.
 */
export function fixCases(markdown: string): readonly FixCase[] {
  const preambles = new Map<string, string>();
  const cases: { name: string; file: string; before: string; after: string[] }[] = [];
  let name: string | null = null;
  let isOpen = false;
  for (const match of markdown.matchAll(/^## (.+)$|^~~~(\w+)( crlf)?\n([\s\S]*?)^~~~$/gm)) {
    const [, title, language = '', isCrlf, code = ''] = match;
    if (title !== undefined) {
      name = title;
      isOpen = false;
      continue;
    }
    if (name === null) {
      preambles.set(language, (preambles.get(language) ?? '') + code);
      continue;
    }
    const whole = `${preambles.get(language) ?? ''}${code}`;
    const text = isCrlf === undefined ? whole : whole.replaceAll('\n', '\r\n');
    const last = cases.at(-1);
    if (isOpen && last?.file.endsWith(`.${language}`)) last.after.push(text);
    else cases.push({ name, file: `example.${language}`, before: text, after: [] });
    isOpen = true;
  }
  return cases;
}

/** What the analyzer says of `text` as the file at `path`. */
export function scanText(path: string, text: string): ScanResult {
  const root = path.slice(0, path.lastIndexOf('/'));
  return analyze({
    paths: [root],
    root,
    config: DEFAULT_CONFIG,
    configFolder: root,
    cache: null,
    now: NOW,
    stdin: { path, text },
  });
}

export function findingsOf(path: string, text: string, rule: string): readonly Diagnostic[] {
  const { diagnostics, report } = scanText(path, text);
  if (report.problems.length > 0) throw new Error(`${JSON.stringify(report.problems)}\n${text}`);
  return diagnostics.filter((diagnostic) => diagnostic.rule === rule);
}

/** What each fix of a finding makes of the file, in order; fixes that cannot be applied are left out. */
export function fixedTexts(diagnostic: Diagnostic, path: string, text: string): readonly string[] {
  return diagnostic.fixes().flatMap((fix) => {
    const edits = editsOf(fix, (file) => (file === path ? text : null));
    return edits === null ? [] : [applyEdits(text, edits)];
  });
}
