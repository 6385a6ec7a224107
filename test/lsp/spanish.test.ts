/** What an editor in Spanish shows about calls: lenses, hints, hovers, breakdowns, the report's words, the status bar. */
import { expect, test } from 'vitest';
import type { CodeLens, CompletionItem, Hover, InlayHint, MarkupContent } from 'vscode-languageserver-protocol';
import type { Breakdown, ReportResult, Summary } from '../../server/src/lsp/protocol.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const RULES = 'Answer in one short sentence, and say nothing about prices. '.repeat(400);
const FILES = {
  'a.ts': `import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const client = new Anthropic();
const openai = new OpenAI();
const MODELS = { fast: 'gpt-6-luna', smart: 'gpt-6-sol', own: 'our-own' };

export function ask(question: string) {
  // farthing: calls=50k/month
  return client.messages.create({
    model: 'claude-sonnet-5',
    max_tokens: 500,
    system: \`${RULES} Today is \${new Date().toISOString()}. ${RULES}\`,
    messages: [{ role: 'user', content: question }],
  });
}
export const pick = (kind: string) => openai.responses.create({ model: MODELS[kind], input: 'Hello' });
export const any = (model: string) => openai.responses.create({ model, input: 'Hello' });
export const old = () => openai.responses.create({ model: 'gpt-4o', input: 'Hello' });
export const own = (input: string) => openai.responses.create({ model: 'our-own', input });
export const each = async (texts: string[]) => {
  for (const input of texts) await openai.responses.create({ model: process.env.MODEL ?? 'gpt-6-luna', input });
};
export const write = (text: string) =>
  openai.responses.create({ model: 'gpt-6-sol', instructions: 'Summarise this text.', input: text });
export const letters = () => write('Dear Sir or Madam, thank you for your letter of the fifth of May.');
`,
};
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const HOVERED = [
  'claude-sonnet-5',
  'Answer in',
  'MODELS[kind]',
  'create({ model, ',
  'gpt-4o',
  "our-own', input",
  "write('Dear",
];

/** Everything that the editor shows about the file's calls. */
async function everything(editor: Workspace): Promise<readonly string[]> {
  await editor.show('a.ts');
  const textDocument = { uri: editor.uri('a.ts') };
  await editor.request('farthing/scanWorkspace', {});
  const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument });
  const hints = await editor.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range: WHOLE });
  const hovers: string[] = [];
  for (const text of HOVERED) {
    const hover = await editor.request<Hover | null>('textDocument/hover', {
      textDocument,
      position: editor.at('a.ts', text),
    });
    if (hover !== null) hovers.push((hover.contents as MarkupContent).value);
  }
  const { reports } = await editor.request<ReportResult>('farthing/report', {});
  const breakdowns: string[] = [];
  for (const { arguments: [uri, call] = [] } of lenses.flatMap(({ command }) => command ?? [])) {
    const found = await editor.request<Breakdown>('farthing/breakdown', { uri, call });
    breakdowns.push(found.title, found.markdown);
  }
  const summary = await editor.request<Summary>('farthing/summary', textDocument);
  const items = await editor.request<CompletionItem[]>('textDocument/completion', {
    textDocument,
    position: editor.at('a.ts', 'gpt-4o', true),
  });
  return [
    ...lenses.map(({ command }) => command?.title ?? ''),
    ...hints.flatMap(({ label, tooltip }) => [String(label), String(tooltip)]),
    ...hovers,
    ...breakdowns,
    ...reports.flatMap(({ words, month }) => [...Object.values(words).flatMap(Object.values), month ?? '']),
    summary.cost ?? '',
    summary.details,
    ...items.slice(0, 5).map(({ detail = '', documentation }) => `${detail} ${(documentation as MarkupContent).value}`),
  ].map(String);
}

test('every text about calls is in Spanish, with the signs of Spanish numbers', async () => {
  const english = await everything(await workspace(FILES, { initializationOptions: { hasClientCommands: true } }));
  const spanish = await everything(
    await workspace(FILES, { initializationOptions: { hasClientCommands: true }, locale: 'es-ES' }),
  );
  expect(spanish.length).toBe(english.length);
  expect(english.length).toBeGreaterThan(60);
  // Words that none of the file's names contains. Sources are cited as they are.
  const words =
    /\b(?:per|call|about|from|unknown|assumed|tokens? in|out|million|the|models?|by|or|and|month|up to|price)\b/i;
  const code =
    /`[^`]*`|^- [a-z-]+:|farthing\.config\.json|"models"|"prices"|--models|a fecha de [\d-]+, [^\n]*|genai-prices[^)\n]*|\(OpenAI deprecations page[^)]*\)|[a-z.]+\.(?:responses|messages)|Answer[^\n]*|MODELS\S*|\$\{[^}]*\}/gm;
  for (const text of spanish) expect(text.replaceAll(code, '')).not.toMatch(words);
  for (const text of spanish) expect(text).not.toMatch(/\$\d/);
  expect(spanish[0]).toMatch(
    /^~[\d,]+\u00A0\$ por (?:llamada|cada 1000 llamadas) \(de [\d,]+\u00A0\$ a [\d,]+\u00A0\$\), ~[\d.,]+\u00A0\$\/mes con 50\u00A0mil llamadas, /,
  );
});
