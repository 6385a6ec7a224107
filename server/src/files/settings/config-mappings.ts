/** The mappings of configuration files in YAML and TOML, to tell which of them fills a class of settings. */
import { nameOf } from '../paths.ts';
import { nodesIn, type TableNode, textOf } from './data-node.ts';
import type { StatedSetting } from './settings-text.ts';
import { tomlDocument } from './toml-text.ts';
import { yamlDocuments } from './yaml-text.ts';

/** A field of a class of settings, with the names of all its fields. */
export interface SettingField {
  readonly name: string;
  readonly all: readonly string[];
}

const CONFIG_NAME = /^(?:.*[._-])?(?:config|settings?|llms?|models?)\d*(?:[._-].*)?\.(?:ya?ml|toml)$/;
const MAPPING = /\.(?:ya?ml|toml)$/;
/** Files of build tools and of services that the repository's code does not read. */
const OTHER_TOOLS = /^(?:pyproject|cargo|poetry|uv|ruff|taplo|rustfmt|book|netlify|wrangler|mkdocs|pnpm-.*)\.|^\./;

/** `isConfigFolder` is true for a file in a folder such as `config/`, in which every such file is one. */
export function isConfigFile(path: string, isConfigFolder: boolean): boolean {
  const name = nameOf(path).toLowerCase();
  return !OTHER_TOOLS.test(name) && (isConfigFolder ? MAPPING : CONFIG_NAME).test(name);
}

/** Of keys that a class does not have, a mapping that fills it has few. */
const MIN_SHARE = 0.75;
const MIN_KEYS = 3;

/** All mappings of a file, the outer ones first. */
export function mappingsIn(path: string, text: string): readonly TableNode[] {
  const documents = path.toLowerCase().endsWith('.toml') ? [tomlDocument(text)] : yamlDocuments(text);
  return documents
    .flatMap((document) => (document === null ? [] : [...nodesIn(document)]))
    .filter((node) => node.kind === 'table');
}

/** Of one line, and not filled in by a program. */
const PLAIN = /^[^\n${}]+$/;

/** The values of the field in each mapping that fills its class: by name, almost all keys are fields of the class. */
export function statedFields(path: string, mappings: readonly TableNode[], field: SettingField) {
  const fields = new Set(field.all);
  return mappings.flatMap(({ entries }): readonly StatedSetting[] => {
    const known = [...entries.keys()].filter((key) => fields.has(key)).length;
    const isFilled = known >= Math.min(MIN_KEYS, fields.size) && known >= MIN_SHARE * entries.size;
    const node = entries.get(field.name);
    const value = textOf(node);
    if (!isFilled || node === undefined || value === null || !PLAIN.test(value)) return [];
    return [{ name: field.name, value, path, line: node.line }];
  });
}
