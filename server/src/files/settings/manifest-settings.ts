/**
 * The settings in manifests of YAML and JSON: compose files, Helm values, Kubernetes, and what hosts of applications
 * read.
 */
import { type DataNode, nodesIn, textOf } from './data-node.ts';
import { jsonDocument } from './json-text.ts';
import { yamlDocuments } from './yaml-text.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
/** `- KEY=value`, as compose files list them. */
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]{0,99})\s*=\s*(.+)$/;

/** In the order of the text. */
export function manifestSettings(path: string, text: string): readonly NamedText[] {
  const json = /\.jsonc?$/i.test(path) ? [jsonDocument(text)] : null;
  const documents = json ?? yamlDocuments(withoutTemplates(text));
  // Aliases repeat what their anchor states.
  const nodes = new Set(documents.flatMap((document) => (document === null ? [] : [...nodesIn(document)])));
  return [...nodes].flatMap(settingsOf).sort((a, b) => a.line - b.line);
}

function settingsOf(node: DataNode): readonly NamedText[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(assignment);
  const { entries } = node;
  const value = entries.get('value');
  // `- name: KEY` with `value: x`, as Kubernetes writes it.
  const name = value && textOf(entries.get('name'));
  return (name && value ? [[name, value] as const] : [...entries]).flatMap(([key, stated]) => {
    const text = textOf(stated);
    return text !== null && NAME.test(key) ? [{ name: key, text, line: stated.line }] : [];
  });
}

function assignment(item: DataNode): readonly NamedText[] {
  const [, name, text] = ASSIGNMENT.exec(textOf(item) ?? '') ?? [];
  if (name === undefined || text === undefined) return [];
  return [{ name, text: text.replace(/^(["'])(.*)\1$/, '$2'), line: item.line }];
}

/** Helm's and Jinja's templates are not YAML: a line of them goes, and a value with one is not known. */
function withoutTemplates(text: string): string {
  return text.replace(/^[ \t-]*(?:\{\{.*\}\}|\{%.*%\})[ \t]*$/gm, '').replace(/\{\{.*?\}\}/g, '${}');
}
