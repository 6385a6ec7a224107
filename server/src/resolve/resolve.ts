/** What an import refers to, in any language: a module of the project, a package, or nothing. No network is used. */

import type { Resolution } from '../evaluate/modules.ts';
import type { Files } from '../files/file-system.ts';
import { folderOf, isInside } from '../files/paths.ts';
import type { ModuleNode } from '../ir/nodes.ts';
import { createPythonResolver } from './python.ts';
import { createTypeScriptResolver } from './typescript.ts';

type Language = ModuleNode['language'];

export interface ResolverOptions {
  readonly files: Files;
  /** The outermost folders whose files may be imported: the roots, or the repositories that contain them. */
  readonly tops: readonly string[];
  /**
   * True for a package that is always the published one, even if its sources are in the tree: an SDK is recognised by
   * its name, and an example inside the SDK's own repository calls it like any other program.
   */
  readonly isPublished?: ((module: string, language: Language) => boolean) | undefined;
  /**
   * True for a published package whose sources are read where they are in the tree. A folder that only has its name is
   * not its source.
   */
  readonly isReadInItsTree?: ((module: string) => boolean) | undefined;
  /**
   * Of a published package whose name many projects have for a folder or a module of their own: a name that stands in its
   * `__init__.py`. A module without it, or of a folder without it, is the project's.
   */
  readonly markOf?: ((module: string) => string | null) | undefined;
  /** True for a package that the language has only by name: npm's `agents` is not the SDK of Python's `agents`. */
  readonly isOtherLanguages?: ((module: string, language: Language) => boolean) | undefined;
}

export type Resolve = (from: string, specifier: string) => Resolution;

/**
 * The returned function never throws. Answers are cached by folder and specifier, and stay valid as long as `files`
 * does.
 */
export function createResolver(options: ResolverOptions): Resolve {
  const { files, tops, isPublished, isOtherLanguages } = options;
  const typescript = createTypeScriptResolver(files);
  const python = createPythonResolver(files, tops);
  const byFolder = new Map<string, Map<string, Resolution>>();

  /** What is in the tree under a published package's name (`agents.planner`), where that counts; null where it does not. */
  const inTree = (folder: string, language: Language, specifier: string): Resolution | null => {
    const isSource = options.isReadInItsTree?.(specifier) === true;
    const mark = language === 'python' ? (options.markOf?.(specifier) ?? null) : null;
    const [first = '', ...rest] = specifier.split('.');
    if (!isSource && mark === null) return null;
    const found = language === 'python' ? python(folder, specifier) : typescript(folder, specifier);
    if (found.kind !== 'module' || !files.isFile(found.path)) return null;
    if (isSource || mark === null) return found;
    if (rest.length === 0) return isOwnModule(folder, found.path, mark) ? found : null;
    const [top] = found.path.split(`/${first}/`);
    const initial = files.readText(`${top}/${first}/__init__.py`);
    return initial?.includes(mark) === true ? null : found;
  };

  /** True for a module that a project calls like the package: one that has something in it, for code outside it. */
  const isOwnModule = (folder: string, path: string, mark: string): boolean => {
    if (path.endsWith('/__init__.py') && isInside(folder, folderOf(path))) return false;
    const text = files.readText(path)?.trim() ?? '';
    return text !== '' && !text.includes(mark);
  };

  const answer = (folder: string, language: Language, written: string): Resolution => {
    const specifier = language === 'typescript' ? packageOf(written) : written;
    try {
      if (!/^[./]/.test(specifier) && isPublished?.(specifier, language)) {
        return inTree(folder, language, specifier) ?? { kind: 'external', module: specifier };
      }
      const found = language === 'python' ? python(folder, specifier) : typescript(folder, specifier);
      if (found.kind !== 'external' || isOtherLanguages?.(found.module, language) !== true) return found;
      return { kind: 'external', module: `${language}:${found.module}` };
    } catch {
      return { kind: 'missing' };
    }
  };

  return (from, specifier) => {
    // The form of an import shows a notebook's language, so the notebook does not have to be opened.
    const isPython =
      from.endsWith('.py') || (from.endsWith('.ipynb') && PYTHON_MODULE.test(specifier)) || files.isDirectory(from);
    // A Python package without `__init__.py` is represented by its folder.
    const folder = isPython && files.isDirectory(from) ? from : folderOf(from);
    const language: Language = isPython ? 'python' : 'typescript';
    const key = `${language}:${folder}`;
    const answers = byFolder.get(key) ?? new Map<string, Resolution>();
    byFolder.set(key, answers);
    const resolution = answers.get(specifier) ?? answer(folder, language, specifier);
    answers.set(specifier, resolution);
    // `redis.py` that imports `redis` wraps the package with the same name.
    if (resolution.kind === 'module' && resolution.path === from && !specifier.startsWith('.')) {
      return { kind: 'external', module: specifier };
    }
    return resolution;
  };
}

const PYTHON_MODULE = /^\.*[\p{L}\p{N}_.]*$/u;

/** The npm package in an import that says where to get it: `npm:openai@4`, `https://esm.sh/openai@4.20.1/helpers`. */
function packageOf(specifier: string): string {
  const [, path] = REGISTRY.exec(specifier) ?? [];
  const [, name, subpath = ''] = /^((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(path ?? '') ?? [];
  return name === undefined ? specifier : name + subpath;
}

const REGISTRY =
  /^(?:npm:\/?|jsr:\/?|https:\/\/(?:esm\.sh\/(?:v\d+\/|stable\/)?|cdn\.skypack\.dev\/|unpkg\.com\/|cdn\.jsdelivr\.net\/npm\/|deno\.land\/x\/))([^?#]+)/;
