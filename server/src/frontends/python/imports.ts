/** Python's import statements. */
import type { Import, ImportedName, Statement } from '../../ir/nodes.ts';
import { childrenOf, kindOf, type Source, spanOf, textOf } from './source.ts';

export function lowerImport(source: Source, node: number, out: Statement[]): void {
  const span = spanOf(source, node);
  const nodes = childrenOf(source, node);
  const keyword = nodes.findIndex((child) => kindOf(source, child) === 'import');
  const behind = keyword < 0 ? [] : nodes.slice(keyword + 1);
  const add = (module: string, names: readonly ImportedName[]): void => {
    out.push({ kind: 'import', ...span, module, names } satisfies Import);
  };
  if (kindOf(source, nodes[0]) === 'from') {
    const module = dotted(source, nodes.slice(1, keyword < 0 ? nodes.length : keyword));
    if (behind.some((child) => kindOf(source, child) === '*')) add(module, [{ imported: '*', local: '*' }]);
    else
      add(
        module,
        clauses(source, behind).map(({ path, alias }) => ({ imported: path, local: alias ?? path })),
      );
    return;
  }
  for (const { path, alias } of clauses(source, behind)) {
    if (alias !== null) {
      add(path, [{ imported: '*', local: alias }]);
      continue;
    }
    const [root = path] = path.split('.');
    add(root, [{ imported: '*', local: root }]);
    // `import a.b` binds `a` and also loads `a.b`, which is expressed as an import that binds nothing.
    if (root !== path) add(path, []);
  }
}

/** `a.b as c, d`: each dotted name with its alias. */
function clauses(source: Source, nodes: readonly number[]): { path: string; alias: string | null }[] {
  const result: { path: string; alias: string | null }[] = [];
  let path: number[] = [];
  let alias: string | null = null;
  let isAlias = false;
  const close = (): void => {
    const text = dotted(source, path);
    if (text !== '') result.push({ path: text, alias });
    path = [];
    alias = null;
    isAlias = false;
  };
  for (const node of nodes) {
    const kind = kindOf(source, node);
    if (kind === ',') close();
    else if (kind === 'as') isAlias = true;
    else if (isAlias && kind === 'VariableName') alias = textOf(source, node);
    else path.push(node);
  }
  close();
  return result;
}

/** Names and dots as one text, without the spaces and line breaks that may be between them. */
function dotted(source: Source, nodes: readonly number[]): string {
  return nodes
    .filter((node) => /^(?:VariableName|\.|Ellipsis)$/.test(kindOf(source, node)))
    .map((node) => textOf(source, node))
    .join('');
}
