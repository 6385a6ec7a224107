/** The contents of a file: an editor's text for it, or the text on disk, as the text of one module. */
import { isNotebook } from '../files/paths.ts';
import { NOTEBOOK_LIMIT, readWhole, SOURCE_LIMIT } from '../files/read.ts';
import type { ReadPolicy } from '../files/read-policy.ts';
import type { Frontend, Lower } from '../frontends/frontend.ts';
import type { ModuleNode } from '../ir/nodes.ts';
import type { CellStart } from '../ir/positions.ts';
import { type FileState, type FileStates, noteStamp } from './file-state.ts';

/** A notebook's code cells as one module's text. */
export interface NotebookText {
  readonly text: string;
  readonly language: ModuleNode['language'];
  readonly cells: readonly CellStart[];
  /** Why it could not be read, or what was skipped; null if there is no problem. */
  readonly problem: string | null;
}

export interface Source {
  readonly text: string;
  /** For a notebook; null if the file's name decides. */
  readonly language: ModuleNode['language'] | null;
  readonly cells: readonly CellStart[] | null;
  readonly problem: string | null;
}

export interface SourceOptions {
  readonly frontends: readonly Frontend[];
  /** Reads a notebook's JSON. */
  readonly notebook: (json: string) => NotebookText;
}

/** Where what code names may be read. */
interface Permission {
  readonly mayRead: ReadPolicy;
}

export interface Sources {
  /** Null if the file cannot be read. */
  readonly source: (path: string) => Source | null;
  /** Undefined for a file in no language that is analysed. */
  readonly frontendOf: (path: string, language: Source['language']) => Frontend | undefined;
  /** How the file is lowered: one that is being edited, with what is known of its text before. */
  readonly lowerOf: (path: string, frontend: Frontend) => Lower;
  /** The text of a file that a program reads, up to 1 MB; null if it is missing or larger. */
  readonly text: (path: string) => string | null;
  /** Lets go of the texts that programs read: whether one of them changed is not always said. */
  readonly forgetTexts: () => void;
}

/** Text files that a program reads are read up to this many bytes. */
const TEXT_LIMIT = 1024 * 1024;
/** Makes a JSON document the default export of a module. */
const JSON_PREFIX = 'export default ';

export function createSources(
  { frontends, notebook, mayRead }: SourceOptions & Permission,
  states: FileStates,
): Sources {
  const byExtension = new Map(
    frontends.flatMap((frontend) => frontend.extensions.map((extension) => [extension, frontend] as const)),
  );
  /** Every name that a barrel re-exports is searched for in the text of the modules behind it. */
  const texts = new Map<string, string | null>();

  const contentOf = (state: FileState): string | null => {
    const known = state.primed ?? texts.get(state.path);
    if (typeof known === 'string') return known;
    if (!mayRead(state.path)) {
      state.stamp = null;
      return null;
    }
    const { text, stamp } = readWhole(state.path, isNotebook(state.path) ? NOTEBOOK_LIMIT : SOURCE_LIMIT);
    noteStamp(state, stamp);
    return text;
  };

  return {
    source: (path) => {
      const state = states.of(path);
      const { overlay } = state;
      if (overlay !== null && typeof overlay === 'object') return overlay;
      const text = overlay ?? contentOf(state);
      if (text === null) return null;
      if (isNotebook(path)) return notebook(text);
      return { text: isJson(path) ? JSON_PREFIX + text : text, language: null, cells: null, problem: null };
    },
    frontendOf: (path, language) => {
      if (language !== null) return frontends.find((frontend) => frontend.language === language);
      return byExtension.get(isJson(path) ? '.js' : (/\.[^./]+$/.exec(path)?.[0] ?? ''));
    },
    lowerOf: (path, frontend) => {
      const state = states.of(path);
      if (state.overlay === null) return frontend.lower;
      if (state.editing?.frontend !== frontend) state.editing = { frontend, lower: frontend.createEditing() };
      return state.editing.lower;
    },
    text: (path) => {
      const state = states.of(path);
      if (!mayRead(path)) {
        state.stamp = null;
        return null;
      }
      if (typeof state.overlay === 'string') return state.overlay;
      const known = texts.get(path);
      if (known !== undefined) return known;
      const { text, stamp } = readWhole(path, TEXT_LIMIT);
      noteStamp(state, stamp);
      texts.set(path, text);
      return text;
    },
    forgetTexts: () => texts.clear(),
  };
}

export function isJson(path: string): boolean {
  return path.endsWith('.json');
}
