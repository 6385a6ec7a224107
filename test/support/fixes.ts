/** Golden texts of fixes: Markdown with a heading for each shape, the code before it and the code after it. */

export interface FixCase {
  readonly name: string;
  /** The language of its blocks: `ts`, `py`, `ipynb`. */
  readonly language: string;
  readonly before: string;
  /** The text after the first fix; after the second fix if two texts follow, and so on. Empty if there is none. */
  readonly after: readonly string[];
}

/**
 * Under each heading the first block is the code before, the others what its fixes make of it. Blocks in front of the
 * first heading stand before every code of their language, Python's before notebooks as well. `crlf` behind a block's
 * language writes its line ends so. `# %%` begins a cell of a notebook.
 */
export function fixCases(markdown: string): readonly FixCase[] {
  const preambles = new Map<string, string>();
  const cases: { name: string; language: string; before: string; after: string[] }[] = [];
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
    const whole = `${preambles.get(language === 'ipynb' ? 'py' : language) ?? ''}${code}`;
    const text = isCrlf === undefined ? whole : whole.replaceAll('\n', '\r\n');
    const last = cases.at(-1);
    if (isOpen && last?.language === language) last.after.push(text);
    else cases.push({ name, language, before: text, after: [] });
    isOpen = true;
  }
  return cases;
}

/** The code as the content of a file. */
export function contentOf(language: string, code: string): string {
  if (language !== 'ipynb') return code;
  const cells = code.split(/^# %%\n/m).map((source) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: source.replace(/\n$/, '').split(/(?<=\n)/),
  }));
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
