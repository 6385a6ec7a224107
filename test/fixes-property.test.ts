/** Whatever the layout of a call, its fixes can be written and have every property that is checked in checkouts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkFile } from '../scripts/lib/fixes/check.ts';
import { openWorkspace } from '../server/src/analyzer.ts';
import type { Workspace } from '../server/src/workspace/workspace.ts';

/** How a list of arguments is laid out. */
interface Layout {
  readonly order: readonly number[];
  readonly isBroken: boolean;
  readonly isFirstOnBracket: boolean;
  readonly hasComma: boolean;
  readonly isTight: boolean;
  readonly indentation: string;
  readonly comments: readonly string[];
  readonly quote: string;
}

const PARTS = 5;
const layouts = (comments: readonly string[]): fc.Arbitrary<Layout> =>
  fc.record({
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: PARTS, maxLength: PARTS }),
    isBroken: fc.boolean(),
    isFirstOnBracket: fc.boolean(),
    hasComma: fc.boolean(),
    isTight: fc.boolean(),
    indentation: fc.constantFrom('  ', '    ', '\t'),
    comments: fc.array(fc.constantFrom('', ...comments), { minLength: PARTS, maxLength: PARTS }),
    quote: fc.constantFrom("'", '"'),
  });

function listed(parts: readonly string[], layout: Layout, blockComment: (text: string) => string): string {
  const { order, isBroken, isFirstOnBracket, hasComma, isTight, indentation, comments } = layout;
  const items = order.map((at) => (parts[at] as string).replaceAll("'", layout.quote));
  if (!isBroken) {
    const padded = items.map((item, at) => item + (comments[at] === '' ? '' : blockComment(comments[at] as string)));
    return padded.join(isTight ? ',' : ', ') + (hasComma ? ',' : '');
  }
  const lines = items.map((item, at) => {
    const comma = at < items.length - 1 || hasComma ? ',' : '';
    return `${item}${comma}${comments[at] === '' ? '' : ` ${comments[at]}`}`;
  });
  const start = isFirstOnBracket ? '' : `\n${indentation}${indentation}`;
  return `${start}${lines.join(`\n${indentation}${indentation}`)}\n${indentation}`;
}

/** The same call for an old model with an old limit, and for one without a limit. */
const CALLS = [
  { method: 'responses.create', model: 'gpt-6-luna', text: 'input', rule: 'unbounded-output', more: ['store', 'true'] },
  {
    method: 'chat.completions.create',
    model: 'gpt-4-turbo',
    text: 'messages',
    rule: 'retired-model',
    more: ['max_tokens', '9'],
  },
] as const;

/** One call in a separate function. */
interface Site {
  readonly layout: Layout;
  readonly call: (typeof CALLS)[number];
  /** What stands around TypeScript's options. */
  readonly around: readonly [before: string, behind: string];
}

function typescript({ layout, call, around }: Site, at: number): string {
  const [name, value] = call.more;
  const parts = [
    `model: '${call.model}'`,
    call.text,
    '...common',
    `${layout.isTight ? `'${name}'` : name}: ${value}`,
    "metadata: { tags: ['a', 'b'].join() }",
  ];
  const list = listed(parts, layout, (text) => ` /* ${text.slice(2)} */`);
  return `export async function answer${at}(${call.text}: any) {
${layout.indentation}return await client.${call.method}(${around[0]}{${list}}${around[1]});
}
`;
}

function python({ layout, call }: Site, at: number): string {
  const [name, value] = call.more;
  const sign = layout.isTight ? ' = ' : '=';
  const parts = [
    `model${sign}'${call.model}'`,
    `${call.text}${sign}${call.text}`,
    '**common',
    `${name}${sign}${value === 'true' ? 'True' : value}`,
    "metadata={'tags': ','.join(['a', 'b'])}",
  ];
  // There is no comment within a line.
  const comments = layout.isBroken ? layout.comments : layout.comments.map(() => '');
  return `async def answer${at}(${call.text}):
${layout.indentation}return client.${call.method}(${listed(parts, { ...layout, comments }, String)})
`;
}

const HEADS = {
  ts: "import OpenAI from 'openai';\nconst client = new OpenAI();\nconst common = { temperature: 0 };\n",
  py: 'from openai import OpenAI\nclient = OpenAI()\ncommon = {"temperature": 0}\n',
};

let root: string;
let workspace: Workspace;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'farthing-'));
  const now = () => new Date('2026-11-22T12:00:00Z');
  workspace = openWorkspace({ config: DEFAULT_CONFIG, configFolder: root, root, now });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What is wrong with the fixes of a file with these calls, each of which has one. */
function verdictOn(language: 'ts' | 'py', sites: readonly Site[], lineEnd: string): readonly string[] {
  const code = sites.map(language === 'ts' ? typescript : python).join('\n');
  const path = join(root, `calls.${language}`);
  writeFileSync(path, (HEADS[language] + code).replaceAll('\n', lineEnd));
  workspace.noteDiskChanges([{ path, kind: 'changed' }]);
  const { calls } = workspace.file(path);
  const diagnostics = workspace.findings(path);
  const ruleOf = new Map(
    calls.map(({ id, function: name }) => [id, sites[Number(name?.replace('answer', ''))]?.call.rule]),
  );
  const checks = checkFile(
    workspace,
    path,
    diagnostics.filter(({ rule, call }) => call !== null && ruleOf.get(call) === rule),
  );
  const unwritten = checks.filter(({ isApplied }) => !isApplied).map(() => 'a fix is not offered');
  const missing = checks.length === sites.length ? [] : [`${checks.length} fixes for ${sites.length} calls`];
  return [...missing, ...unwritten, ...checks.flatMap(({ failures }) => failures)];
}

const AROUND: readonly Site['around'][] = [
  ['', ''],
  ['(', ')'],
  ['', ' as any'],
  ['', ' satisfies object'],
];

test.each([
  ['ts', ['// why', '// a, b: c']],
  ['py', ['# why', '# a, b=c']],
] as const)(
  'in %s',
  (language, comments) => {
    const site = fc.record({
      layout: layouts(comments),
      call: fc.constantFrom(...CALLS),
      around: fc.constantFrom(...AROUND),
    });
    const sites = fc.array(site, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sites, fc.constantFrom('\n', '\r\n'), (given, lineEnd) => {
        expect(verdictOn(language, given, lineEnd), given.map(language === 'ts' ? typescript : python).join()).toEqual(
          [],
        );
      }),
      { numRuns: 12 },
    );
  },
  120_000,
);
