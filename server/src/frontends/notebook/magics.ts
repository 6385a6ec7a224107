/**
 * Magics: parts of a notebook's cell that are not in its language (`%matplotlib inline`, `!pip install x`, `x?`,
 * `%%bash`). They are blanked without changing the length, so every offset stays valid.
 */
import type { ModuleNode } from '../../ir/nodes.ts';

/** Cell magics that run the cell's code in the notebook. */
const TRANSPARENT =
  /^%%(?:time|timeit|capture|prun|memit|mprun|lprun|pyinstrument|snakeviz|scalene|px|python3?|debug|wandb)\b/;

/** A comment before it is common, although IPython requires it on the first line. */
const CELL_MAGIC = /^(?:[ \t\r]*(?:#.*)?\n)*[ \t]*(%%.*)/;
/** Characters; no cell has more than a few lines of cell magics. */
const MAXIMUM_MAGIC_HEAD = 10_000;

/** Line magics that run the statement after them, with their options. */
const RUNS_STATEMENT = /^(\s*)(%(?:time|timeit|prun|memit|lprun)(?:\s+-\w+(?:\s*\d+)?)*\s+)(?=\S)/;
const MAGIC_LINE = /^\s*(?:%|!|\?{1,2}[\w.])|^\s*[\w.*]+\?{1,2}\s*$/;
/** Commands that IPython runs without a `%`: in the language itself, no word follows another like this. */
const COMMAND_LINE =
  /^\s*(?:pip3?|conda|mamba|uv|apt(?:-get)?|git|npm|cd|mkdir|wget|curl)[ \t]+(?!(?:in|is|if|and|or|not|for|as|else)\b)[\w./~$-]+(?:[ \t]|$)/;
const MAGIC_VALUE = /^\s*[\w.,\s]+=\s*(?:!|%\w)/;
const HAS_COMMAND = new RegExp(COMMAND_LINE, 'm');
const CONTINUED = /\\[ \t]*$/;

/** `code` without its magics. In TypeScript a line may start with `!`, so only `%` marks a magic there. */
export function blankMagics(code: string, language: ModuleNode['language']): string {
  let from = 0;
  for (let cellMagic = CELL_MAGIC.exec(code); cellMagic !== null; cellMagic = CELL_MAGIC.exec(code.slice(from))) {
    if (!TRANSPARENT.test(cellMagic[1] ?? '')) return blank(code);
    from += cellMagic[0].length;
    if (from > MAXIMUM_MAGIC_HEAD) return blank(code);
  }
  return blank(code.slice(0, from)) + blankLines(code.slice(from), language);
}

function blankLines(code: string, language: ModuleNode['language']): string {
  if (language !== 'python') return code.replace(/^[ \t]*%.*$/gm, blank);
  return /[%!?]/.test(code) || HAS_COMMAND.test(code) ? blankPythonLines(code) : code;
}

function blankPythonLines(code: string): string {
  const lines = code.split('\n');
  const state: Nesting = { quote: '', brackets: [], isContinued: false };
  let isMagicContinued = false;
  const result = lines.map((line) => {
    const isStart = state.quote === '' && state.brackets.length === 0 && !state.isContinued;
    if (isMagicContinued || (isStart && (MAGIC_LINE.test(line) || MAGIC_VALUE.test(line) || COMMAND_LINE.test(line)))) {
      const statement = isMagicContinued ? null : RUNS_STATEMENT.exec(line);
      if (statement !== null) {
        const [whole, indent = '', magic = ''] = statement;
        // `%time f()` becomes `0    ;f()`: the statement keeps its offset, and the line its indentation.
        const rewritten = `${indent}0${' '.repeat(magic.length - 2)};${line.slice(whole.length)}`;
        scanLine(rewritten, state);
        return rewritten;
      }
      const isFollowing = isMagicContinued;
      isMagicContinued = CONTINUED.test(line);
      return isFollowing ? blank(line) : blankStatement(line);
    }
    scanLine(line, state);
    return line;
  });
  return result.join('\n');
}

/**
 * An indented magic may be the only statement of its block. It is replaced by a number, so that the block is not empty.
 */
function blankStatement(line: string): string {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  if (indent === '') return blank(line);
  return `${indent}0${blank(line.slice(indent.length + 1))}`;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** What is open at the end of a line: a triple quote, brackets, or a line continued with a backslash. */
interface Nesting {
  quote: string;
  brackets: string[];
  isContinued: boolean;
}

const TOKEN = /\\[\s\S]|\\$|"""|'''|["'#]|[([{]|[)\]}]/g;
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function scanLine(line: string, state: Nesting): void {
  // A single-quoted string ends with its line, unless a backslash continues it.
  let short = state.quote.length === 1 ? state.quote : '';
  if (short !== '') state.quote = '';
  let isEscaped = false;
  for (const [token] of line.matchAll(TOKEN)) {
    const open = short || state.quote;
    if (token.startsWith('\\')) {
      isEscaped = token === '\\' || token === '\\\r';
      continue;
    }
    if (open !== '') {
      // Three quotes also close a single-quoted string: what follows it is an empty string.
      if (token === open || (short !== '' && token.startsWith(short))) {
        short = '';
        state.quote = '';
      }
    } else if (token === '#') {
      state.isContinued = false;
      return;
    } else if (token.length === 3) state.quote = token;
    else if (token === '"' || token === "'") short = token;
    else if (CLOSERS[token] !== undefined) state.brackets.push(CLOSERS[token]);
    else state.brackets.pop();
  }
  if (short !== '' && isEscaped) state.quote = short;
  state.isContinued = CONTINUED.test(line);
}

/** Closes the quotes and brackets that `code` leaves open, on a separate line; empty if there are none. */
export function closersOf(code: string): string {
  const state: Nesting = { quote: '', brackets: [], isContinued: false };
  for (const line of code.split('\n')) scanLine(line, state);
  const closers = state.quote + state.brackets.reverse().join('');
  return closers === '' ? '' : `${closers}\n`;
}
