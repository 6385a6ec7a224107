/**
 * What exists on disk, as the resolver sees it. Almost every answer comes from folder listings that discovery has
 * already read; any other folder is listed once. Every lookup is recorded, so that a later run can tell whether the
 * same lookups would give the same answers.
 */
import { statSync } from 'node:fs';
import { type ParseError, parse } from 'jsonc-parser';
import { type EntryKind, type Listing, tryListing } from './listing.ts';
import { folderOf, isInside, nameOf } from './paths.ts';
import { readTextOrNull } from './regular-file.ts';

export interface Files {
  readonly isFile: (path: string) => boolean;
  readonly isDirectory: (path: string) => boolean;
  /** True for a regular file, rather than a link to one, in a folder that was already listed. Asks nothing of the disk. */
  readonly isListedFile: (path: string) => boolean;
  /** The contents of the folder; null if there is no such folder. */
  readonly list: (folder: string) => Listing | null;
  /** The folders that discovery walked. */
  readonly walked: () => Iterable<readonly [string, Listing]>;
  /** A JSON file with comments and trailing commas; null if it is missing or not an object. Cached. */
  readonly readJson: (path: string) => Readonly<Record<string, unknown>> | null;
  /** A small text file, cached; null if it is missing. */
  readonly readText: (path: string) => string | null;
  /** Declares that `path` is a file even if the disk does not have it (text from an editor or standard input). */
  readonly add: (path: string) => void;
  /** The kind of a symbolic link's target; `other` if there is none. */
  readonly linkKind: (path: string) => EntryKind;
  /** For the disk cache: folders listed beyond those walked, configuration files read, and links followed. */
  readonly consulted: () => Consulted;
}

export interface Consulted {
  readonly folders: ReadonlyMap<string, Listing | null>;
  readonly files: ReadonlyMap<string, string | null>;
  readonly links: ReadonlyMap<string, EntryKind>;
}

export function createFiles(walked: ReadonlyMap<string, Listing> = new Map()): Files {
  const listings = new Map<string, Listing | null>();
  const links = new Map<string, EntryKind>();
  const texts = new Map<string, string | null>();
  const documents = new Map<string, Readonly<Record<string, unknown>> | null>();
  const added = new Set<string>();

  const tops = [...walked.keys()].filter((folder) => !walked.has(folderOf(folder)) || folderOf(folder) === folder);

  const list = (folder: string): Listing | null => {
    const known = walked.get(folder) ?? listings.get(folder);
    if (known !== undefined) return known;
    // Within the walked folders, a folder that its parent does not list does not exist.
    if (tops.some((top) => isInside(folder, top))) {
      const entry = list(folderOf(folder))?.get(nameOf(folder));
      if (entry !== 'directory' && entry !== 'link') return null;
    }
    const listing = tryListing(folder);
    listings.set(folder, listing);
    return listing;
  };

  const kind = (path: string): EntryKind | null => {
    const entry = list(folderOf(path))?.get(nameOf(path)) ?? null;
    if (entry !== 'link') return entry;
    const known = links.get(path) ?? linkTarget(path);
    links.set(path, known);
    return known;
  };

  const readText = (path: string): string | null => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const text = kind(path) === 'file' ? readTextOrNull(path) : null;
    texts.set(path, text);
    return text;
  };

  return {
    isFile: (path) => kind(path) === 'file' || added.has(path),
    isDirectory: (path) => kind(path) === 'directory',
    isListedFile: (path) => {
      const folder = folderOf(path);
      return (walked.get(folder) ?? listings.get(folder))?.get(nameOf(path)) === 'file';
    },
    list,
    walked: () => walked,
    readText,
    readJson: (path) => {
      const known = documents.get(path);
      if (known !== undefined) return known;
      const document = parseObject(readText(path));
      documents.set(path, document);
      return document;
    },
    add: (path) => {
      added.add(path);
    },
    linkKind: linkTarget,
    consulted: () => ({ folders: listings, files: texts, links }),
  };
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null;
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    return isRecord(value) ? value : null;
  } catch {
    // It is nested more deeply than the parser can follow.
    return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function linkTarget(path: string): EntryKind {
  try {
    const stats = statSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  } catch {
    return 'other';
  }
}
