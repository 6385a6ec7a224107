/** The texts of files that a scan has read, kept for as long as it may look for names in them. */
import { isSkipped, readLatin1 } from '../files/read.ts';
import type { FileStates } from './file-state.ts';

export interface Texts {
  /** Keeps a text that was read as latin1, while there is room. */
  readonly keep: (path: string, latin1: string) => void;
  /** An editor's text for the file, or its own as latin1, read again where it was not kept; null where it cannot be read. */
  readonly latin1: (path: string) => string | null;
  readonly begin: () => void;
  readonly end: () => void;
}

/** Bytes. */
const MAX_KEPT = 64 * 1024 * 1024;

export function createTexts(states: FileStates): Texts {
  const texts = new Map<string, string>();
  let room = 0;
  return {
    keep: (path, latin1) => {
      if (latin1.length > room || texts.has(path)) return;
      room -= latin1.length;
      texts.set(path, latin1);
    },
    latin1: (path) => {
      const overlay = states.known(path)?.overlay ?? null;
      if (overlay !== null) {
        const text = typeof overlay === 'string' ? overlay : overlay.text;
        return isSkipped(path, text) ? null : text;
      }
      return texts.get(path) ?? readLatin1(path);
    },
    begin: () => {
      room = MAX_KEPT;
    },
    end: () => {
      room = 0;
      texts.clear();
    },
  };
}
