/** A project in memory, for tests: files by path, everything else a package. */

import { mappingsIn, statedFields } from '../files/settings/config-mappings.ts';
import { settingsIn } from '../files/settings/settings-text.ts';
import { python } from '../frontends/python/python.ts';
import { typescript } from '../frontends/typescript/typescript.ts';
import type { ModuleHost } from './modules.ts';

export function memoryHost(files: Readonly<Record<string, string>>): ModuleHost {
  const isKnown = (path: string) => Object.hasOwn(files, path);
  return {
    load: (path) => {
      const text = files[path];
      if (text === undefined) return null;
      const frontend = path.endsWith('.py') ? python : typescript;
      return { path, text, node: frontend.lower(text, path) };
    },
    resolve: (from, specifier) => {
      const folder = from.replace(/\/[^/]*$/, '');
      if (from.endsWith('.py')) {
        const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
        const base =
          dots > 1
            ? folder
                .split('/')
                .slice(0, 1 - dots)
                .join('/')
            : folder;
        const name = `${base}/${specifier.slice(dots).replaceAll('.', '/')}`.replace(/\/$/, '');
        const path = [`${name}.py`, `${name}/__init__.py`].find(isKnown);
        if (path) return { kind: 'module', path };
        return dots > 0 ? { kind: 'missing' } : { kind: 'external', module: specifier };
      }
      if (!specifier.startsWith('.')) return { kind: 'external', module: specifier };
      const name = `${folder}/${specifier}`.replaceAll('/./', '/').replace(/\/[^/]+\/\.\.\//, '/');
      const path = [name, `${name}.ts`, `${name}/index.ts`].find(isKnown);
      return path ? { kind: 'module', path } : { kind: 'missing' };
    },
    readText: (path) => files[path] ?? null,
    templates: (ending) => Object.keys(files).filter((path) => path.endsWith(ending)),
    settings: (_, variable) =>
      settingsIn('/.env.example', files['/.env.example'] ?? '').filter(({ name }) => name === variable),
    columnSettings: () => [],
    fieldSettings: (_, field) =>
      statedFields('/config.yaml', mappingsIn('/config.yaml', files['/config.yaml'] ?? ''), field),
  };
}
