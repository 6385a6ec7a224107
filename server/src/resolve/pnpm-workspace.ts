/**
 * The `packages` list of a `pnpm-workspace.yaml`: a list of texts in block or flow style, which is all the YAML that is
 * needed of it. The `yaml` package reads all of YAML; measured, loading it and reading one such file takes 12 ms of a
 * scan that is over in 400 ms, and adds 115 kB to a program of 1 MB.
 */

const KEY = /^(?:packages|"packages"|'packages')[ \t]*:[ \t]*/m;
/** A quoted text, a bare one, or what ends a list; a comment and the signs between items match without a group. */
const FLOW_TOKEN = /"([^"]*)"|'([^']*)'|#[^\n]*|(\])|[\s,[]+|([^\s,\]#"'][^,\]\n#]*)/g;
const BLOCK_ITEM = /^[ \t]*-[ \t]+(?:"([^"]*)"|'([^']*)'|(.*))/;

export function pnpmPackages(text: string): readonly string[] {
  const key = KEY.exec(text);
  if (key === null) return [];
  const value = text.slice(key.index + key[0].length);
  return value.startsWith('[') ? flowItems(value) : blockItems(value);
}

function flowItems(value: string): readonly string[] {
  const items: string[] = [];
  for (const [, double, single, end, bare] of value.matchAll(FLOW_TOKEN)) {
    if (end !== undefined) break;
    const item = double ?? single ?? bare?.trim() ?? '';
    if (item !== '') items.push(item);
  }
  return items;
}

function blockItems(value: string): readonly string[] {
  const items: string[] = [];
  // The first line is the rest of the key's own.
  for (const line of value.split(/\r?\n/).slice(1)) {
    const [, double, single, bare] = BLOCK_ITEM.exec(line) ?? [];
    const item = double ?? single ?? bare?.replace(/(?:^|\s)#.*$/, '').trim();
    if (item) items.push(item);
    else if (item === undefined && !/^\s*(?:#|$)/.test(line)) break;
  }
  return items;
}
