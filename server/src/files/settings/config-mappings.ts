/**
 * The mappings of configuration files in YAML and TOML, to tell which of them fills a class of settings. Read line by
 * line: of use here are only plain values of keys that stand together.
 */
import { nameOf } from '../paths.ts';
import type { StatedSetting } from './settings-text.ts';

/** A field of a class of settings, with the names of all its fields. */
export interface SettingField {
  readonly name: string;
  readonly all: readonly string[];
}

interface ConfigMapping {
  /** The plain values by key; null for a key without one: a list, a mapping, nothing. */
  readonly entries: ReadonlyMap<string, { readonly value: string | null; readonly line: number }>;
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

/** The values of the field in each mapping that fills its class: by name, almost all keys are fields of the class. */
export function statedFields(path: string, text: string, field: SettingField): readonly StatedSetting[] {
  const fields = new Set(field.all);
  return configMappingsIn(path, text).flatMap(({ entries }) => {
    const known = [...entries.keys()].filter((key) => fields.has(key)).length;
    const stated = entries.get(field.name);
    const isFilled = known >= Math.min(MIN_KEYS, fields.size) && known >= MIN_SHARE * entries.size;
    if (stated?.value == null || !isFilled) return [];
    return [{ name: field.name, value: stated.value, path, line: stated.line }];
  });
}

/** Longer lines hold no setting that is meant to be read. */
const MAX_LINE = 1000;
const KEY = '["\']?([A-Za-z_][A-Za-z0-9_-]{0,99})["\']?';
const YAML_PAIR = new RegExp(`^(\\s*)(- +)?${KEY}:(?:\\s+(.*))?$`);
const TOML_PAIR = new RegExp(`^\\s*${KEY}\\s*=\\s*(.+)$`);
const TOML_TABLE = /^\s*\[{1,2}[^\]]+\]{1,2}\s*(?:#.*)?$/;

function configMappingsIn(path: string, text: string): readonly ConfigMapping[] {
  return path.toLowerCase().endsWith('.toml') ? tomlMappings(text) : yamlMappings(text);
}

type Entries = Map<string, { readonly value: string | null; readonly line: number }>;

function yamlMappings(text: string): readonly ConfigMapping[] {
  const found: Entries[] = [];
  /** The mappings around the present line, from the outside in, with the column of their keys. */
  const open: { readonly column: number; readonly entries: Entries }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, space = '', dash = '', key, written = ''] = line.length > MAX_LINE ? [] : (YAML_PAIR.exec(line) ?? []);
    if (key === undefined) continue;
    const column = space.length + dash.length;
    // An item of a list begins a new mapping.
    while (open.length > 0 && (open.at(-1)?.column ?? 0) > (dash === '' ? column : space.length)) open.pop();
    let current = open.at(-1);
    if (current === undefined || current.column < column || dash !== '') {
      current = { column, entries: new Map() };
      open.push(current);
      found.push(current.entries);
    }
    current.entries.set(key, { value: plainValue(written), line: index + 1 });
  }
  return found.map((entries) => ({ entries }));
}

function tomlMappings(text: string): readonly ConfigMapping[] {
  let current: Entries = new Map();
  const found = [current];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (TOML_TABLE.test(line)) {
      current = new Map();
      found.push(current);
      continue;
    }
    const [, key, written = ''] = line.length > MAX_LINE ? [] : (TOML_PAIR.exec(line) ?? []);
    if (key !== undefined) current.set(key, { value: plainValue(written), line: index + 1 });
  }
  return found.map((entries) => ({ entries }));
}

/** Without quotes and comment; null where the value is no plain text. */
function plainValue(written: string): string | null {
  const text = written.trim();
  const quoted = /^(["'])(.*?)\1/.exec(text)?.[2];
  const value = quoted ?? text.replace(/(?:^|\s)#.*$/, '').trim();
  return value === '' || /[${}[\]|>]/.test(value) ? null : value;
}
