/**
 * Generates the Python parser of `server/src/frontends/python/generated/` from the grammar that `@lezer/python`
 * ships, mended by the edits below. Each edit must apply exactly once, so that a new version of the package that
 * changes what an edit touches stops the build by name instead of silently undoing the edit.
 *
 * Run: node scripts/build-python-grammar.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildParserFile } from '@lezer/generator';

export interface GrammarEdit {
  /** What the edit makes the parser accept. */
  readonly name: string;
  readonly file: 'grammar' | 'tokens';
  readonly find: string;
  readonly replace: string;
}

export const EDITS: readonly GrammarEdit[] = [
  {
    name: 'a float that ends in its point (1.)',
    file: 'grammar',
    find: '("." @digit ("_" | @digit)*)? | "." @digit',
    replace: '("." (@digit ("_" | @digit)*)?)? | "." @digit',
  },
  {
    name: 'a bare yield',
    file: 'grammar',
    find: 'kw<"yield"> (kw<"from"> test | commaSep<test | "*" expression>)',
    replace: 'kw<"yield"> (kw<"from"> test | commaSep<test | "*" expression>)?',
  },
  {
    name: 'not binds tighter than and and or',
    file: 'grammar',
    find: '  and @left,\n',
    replace: '  not,\n  and @left,\n',
  },
  {
    name: 'not binds tighter than and and or: its operand',
    file: 'grammar',
    find: 'unaryTest[@name="UnaryExpression"] { kw<"not"> testInner }',
    replace: 'unaryTest[@name="UnaryExpression"] { !not kw<"not"> testInner }',
  },
  {
    name: 'with targets other than a name',
    file: 'grammar',
    find: 'kw<"with"> commaSep<test (kw<"as"> VariableName)?> Body',
    replace: 'kw<"with"> commaSep<test (kw<"as"> expression)?> Body',
  },
  {
    name: 'one parenthesised with item',
    file: 'grammar',
    find: 'ParenthesizedExpression { "(" (testNamed | "*" expression | YieldExpression) ")" }',
    replace: 'ParenthesizedExpression { "(" (parenthesizedItem | YieldExpression) ")" }',
  },
  {
    name: 'several parenthesised with items',
    file: 'grammar',
    find: 'TupleExpression { "(" ((testNamed | "*" expression) (("," (testNamed | "*" expression))+ ","? | ","))? ")" }',
    replace: `parenthesizedItem { testNamed (kw<"as"> expression)? | "*" expression }
TupleExpression { "(" (parenthesizedItem (("," parenthesizedItem)+ ","? | ","))? ")" }`,
  },
  {
    name: 'a class pattern without arguments (case X():)',
    file: 'grammar',
    find: 'PatternArgList { "(" commaSep<pattern | KeywordPattern { VariableName "=" pattern }> ")" }',
    replace: 'PatternArgList { "(" commaSep<pattern | KeywordPattern { VariableName "=" pattern }>? ")" }',
  },
  {
    name: 'empty sequence patterns',
    file: 'grammar',
    find: 'SequencePattern { "[" commaSep<pattern> "]" | "(" commaSep<pattern> ")" }',
    replace: 'SequencePattern { "[" commaSep<pattern>? "]" | "(" commaSep<pattern>? ")" }',
  },
  {
    name: 'empty mapping patterns, and dotted keys in one',
    file: 'grammar',
    find: 'MappingPattern { "{" commaSep<"**" pattern | (VariableName | LiteralPattern) ":" pattern> "}" }',
    replace:
      'MappingPattern { "{" commaSep<"**" pattern | (VariableName | LiteralPattern | AttributePattern) ":" pattern>? "}" }',
  },
  {
    name: 'match on several subjects',
    file: 'grammar',
    find: 'skw<"match"> "*"? expression MatchBody',
    replace: 'skw<"match"> commaSep<"*" expression | test> MatchBody',
  },
  {
    name: 'decorators that are any expression',
    file: 'grammar',
    find: 'Decorator { At dottedName ArgList? newline }',
    replace: 'Decorator { At testNamed newline }',
  },
  {
    name: 'except with several types and no parentheses',
    file: 'grammar',
    find: '(test ((kw<"as"> | ",") VariableName)?)? Body)*',
    replace: '(commaSep<test> (kw<"as"> VariableName)?)? Body)*',
  },
  {
    name: 'a starred item in a subscript',
    file: 'grammar',
    find: '"[" commaSep<testNamed | testNamed? ":"',
    replace: '"[" commaSep<testNamed | "*" expression | testNamed? ":"',
  },
  {
    name: 'starred items in what a for iterates over',
    file: 'grammar',
    find: 'kw<"in"> commaSep<test> Body elseClause?',
    replace: 'kw<"in"> commaSep<test | "*" expression> Body elseClause?',
  },
  {
    name: 'starred targets in a comprehension',
    file: 'grammar',
    find: 'kw<"for"> commaSep<expression> kw<"in"> testInner',
    replace: 'kw<"for"> commaSep<"*"? expression> kw<"in"> testInner',
  },
  {
    name: 'a walrus in a set',
    file: 'grammar',
    find: 'SetExpression { "{" commaSep<test | "*" expression> "}" }',
    replace: 'SetExpression { "{" commaSep<testNamed | "*" expression> "}" }',
  },
  {
    name: 'positional-only lambda parameters and a comma behind the last',
    file: 'grammar',
    find: '"*" VariableName? | "**" VariableName }\n\nlambdaParams[@name="ParamList"] { (lambdaParam ("," lambdaParam)*)? }',
    replace:
      '"*" VariableName? | "**" VariableName | "/" }\n\nlambdaParams[@name="ParamList"] { commaSep<lambdaParam>? }',
  },
  {
    name: 'defaults of type parameters',
    file: 'grammar',
    find: '("*" | "**") VariableName |\n  VariableName TypeDef?\n}',
    replace: '("*" | "**") VariableName (AssignOp{"="} test)? |\n  VariableName TypeDef? (AssignOp{"="} test)?\n}',
  },
  {
    name: 'a starred annotation (*args: *Ts)',
    file: 'grammar',
    find: 'TypeDef { ":" test }',
    replace: 'TypeDef { ":" (test | "*" expression) }',
  },
  {
    name: 'template strings (t"")',
    file: 'grammar',
    find: 'stringPrefixF { $[fF] }',
    replace: 'stringPrefixF { $[fFtT] }',
  },
  {
    name: 'raw template strings (rt"")',
    file: 'grammar',
    find: 'stringPrefixFR { $[rR] $[fF] | $[fF] $[rR] }',
    replace: 'stringPrefixFR { $[rR] $[fFtT] | $[fFtT] $[rR] }',
  },
  {
    name: 'a half-typed format specification ends with its line',
    file: 'grammar',
    find: 'formatStringSpecChars { ![{}]+ }',
    replace: 'formatStringSpecChars { ![{}\\r\\n]+ }',
  },
  {
    name: 'a format specification that starts with = (f"{x:=10}")',
    file: 'grammar',
    find: 'FormatSpec { ":" (formatStringSpecChars',
    replace: 'FormatSpec { (":" | AssignOp{":="}) (formatStringSpecChars',
  },
  {
    name: 'a line continued by a backslash in a file with CRLF line ends',
    file: 'grammar',
    find: 'space { ($[ \\t\\f] | "\\\\" $[\\n\\r])+ }',
    replace: 'space { ($[ \\t\\f] | "\\\\" ("\\r\\n" | $[\\n\\r]))+ }',
  },
  {
    name: 'no highlighting',
    file: 'grammar',
    find: '@external propSource pythonHighlighting from "./highlight"\n',
    replace: '',
  },
  {
    name: 'a string continued by a backslash in a file with CRLF line ends',
    file: 'tokens',
    find: '          input.advance()\n          skipEscape(input, escaped)',
    replace:
      '          input.advance()\n          if (escaped == carriageReturn && input.next == newline) input.advance()\n          skipEscape(input, escaped)',
  },
  {
    name: 'a hole behind a backslash in an f-string',
    file: 'tokens',
    find: 'if (escaped >= 0) {',
    replace: 'if (escaped >= 0 && !(format && escaped == braceOpen)) {',
  },
  {
    name: 'a hole behind a backslash in a raw f-string',
    file: 'tokens',
    find: 'input.next == backslash && !escapes && input.peek(1) > -1',
    replace: 'input.next == backslash && !escapes && input.peek(1) > -1 && !(format && input.peek(1) == braceOpen)',
  },
  {
    // Without it, one open bracket in a line that is being typed takes the functions behind it for its arguments.
    name: 'an open bracket ends where a line starts with a word that only starts a statement',
    file: 'tokens',
    find: 'if (isLineBreak(input.next)) input.acceptToken(newlineBracketed, 1)',
    replace:
      'if (isLineBreak(input.next)) input.acceptToken(startsStatement(input) ? newlineToken : newlineBracketed, 1)',
  },
  {
    name: 'the words that only start a statement',
    file: 'tokens',
    find: 'function isLineBreak(ch) {',
    replace: `const statementWords = new Set([
  "assert", "break", "class", "continue", "def", "del", "except", "finally", "global", "import", "nonlocal", "pass",
  "raise", "return", "try", "while", "with"
])

function startsStatement(input) {
  let offset = 1, next
  while ((next = input.peek(offset)) == space || next == tab || isLineBreak(next)) offset++
  let word = ""
  while (next >= 97 && next <= 122 && word.length < 9) {
    word += String.fromCharCode(next)
    next = input.peek(++offset)
  }
  // "async for" stands in comprehensions; "async def" and "async with" do not.
  if (word == "async" && next == space) return input.peek(offset + 1) == 100 || input.peek(offset + 1) == 119
  let endsWord = next == space || next == tab || next == 58 || next == hash || next < 0 || isLineBreak(next)
  return endsWord && statementWords.has(word)
}

function isLineBreak(ch) {`,
  },
  {
    name: 'a half-typed hole of an f-string ends with its line',
    file: 'tokens',
    find: '  let start = input.pos\n  for (;;) {',
    replace: `  let start = input.pos
  if (!long && isLineBreak(input.peek(-1)) && input.peek(-2) != backslash && input.peek(-3) != backslash) {
    input.acceptToken(stringEnd)
    return
  }
  for (;;) {`,
  },
  {
    name: 'a form feed on a blank line',
    file: 'tokens',
    find: 'while (input.next == space || input.next == tab) { input.advance(); spaces++ }',
    replace: 'while (input.next == space || input.next == tab || input.next == formFeed) { input.advance(); spaces++ }',
  },
  {
    name: 'a form feed in front of indentation',
    file: 'tokens',
    find: 'else if (input.next == tab) depth += 8 - (depth % 8)\n',
    replace: 'else if (input.next == tab) depth += 8 - (depth % 8)\n      else if (input.next == formFeed) depth = 0\n',
  },
  {
    name: 'a form feed in the width of indentation',
    file: 'tokens',
    find: 'depth += space.charCodeAt(i) == tab ? 8 - (depth % 8) : 1',
    replace: 'depth = space.charCodeAt(i) == formFeed ? 0 : depth + (space.charCodeAt(i) == tab ? 8 - (depth % 8) : 1)',
  },
  {
    name: 'the code of a form feed',
    file: 'tokens',
    find: 'carriageReturn = 13,',
    replace: 'carriageReturn = 13, formFeed = 12,',
  },
  {
    name: 'the name of the generated terms',
    file: 'tokens',
    find: 'from "./parser.terms.js"',
    replace: 'from "./terms.ts"',
  },
];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
export const OUTPUT = join(ROOT, 'server/src/frontends/python/generated');

/** `text` with every edit applied; throws an error that names the edit that does not apply exactly once. */
export function applyEdits(text: string, edits: readonly GrammarEdit[]): string {
  let result = text;
  for (const edit of edits) {
    const count = result.split(edit.find).length - 1;
    if (count !== 1) {
      throw new Error(
        `python grammar: the edit "${edit.name}" applies ${count} times to the ${edit.file} of @lezer/python, not once. ` +
          'The package has changed there: adapt the edit in scripts/build-python-grammar.ts, or drop it where it is no longer needed.',
      );
    }
    result = result.replace(edit.find, () => edit.replace);
  }
  return result;
}

/** The generated files by name, as they are to be written. */
export function generatePythonParser(): ReadonlyMap<string, string> {
  const folder = packageFolder();
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
  const grammar = applyEdits(
    read('src/python.grammar'),
    EDITS.filter((edit) => edit.file === 'grammar'),
  );
  const tokens = applyEdits(
    read('src/tokens.js'),
    EDITS.filter((edit) => edit.file === 'tokens'),
  );
  const warnings: string[] = [];
  const built = buildParserFile(grammar, { fileName: 'python.grammar', warn: (warning) => warnings.push(warning) });
  if (warnings.length > 0) throw new Error(`python grammar: ${warnings.join('\n')}`);
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const header = licenceHeader(version, read('LICENSE'));
  const parser = built.parser
    .replaceAll(/from "\.\/tokens(?:\.js)?"/g, 'from "./tokens.ts"')
    .replace('export const parser = ', 'export const parser: LRParser = ');
  return new Map([
    ['parser.ts', header + parser],
    ['terms.ts', header + built.terms],
    ['tokens.ts', header + tokens],
  ]);
}

/** The package exports no path to its sources, so that they are found beside its main file. */
function packageFolder(): string {
  const main = createRequire(join(ROOT, 'server/package.json')).resolve('@lezer/python');
  return dirname(dirname(main));
}

function licenceHeader(version: string, licence: string): string {
  const lines = [
    `Generated by scripts/build-python-grammar.ts from @lezer/python ${version} with the edits listed there. Do not edit.`,
    '',
    ...licence.trim().split('\n'),
  ];
  return `// @ts-nocheck\n/*\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(OUTPUT, { recursive: true });
  for (const [name, text] of generatePythonParser()) writeFileSync(join(OUTPUT, name), text);
}
