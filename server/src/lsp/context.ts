/** The context of the handlers. Handlers are plain functions of it; only `server.ts` knows the connection. */
import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver';
import type { LlmCall } from '../calls/call.ts';
import type { Origin } from '../ir/origin.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Client } from './capabilities.ts';
import type { ConfigDocuments } from './documents/config-documents.ts';
import type { Folder } from './folders/folder.ts';
import type { PromptDocument } from './prompt-files/sent-text.ts';
import type { DisplaySettings } from './protocol.ts';
import type { FileChanges } from './since-head/file-changes.ts';

/** An open document (or notebook cell) with the results of its analysis, for the version that the editor has. */
export interface AnalysedDocument {
  readonly uri: string;
  /** Absolute POSIX path of the file, or of the notebook that contains the cell. */
  readonly path: string;
  /** The module's whole text: the file, or the joined code cells of a notebook. Offsets of origins refer to it. */
  readonly text: string;
  readonly workspace: Workspace;
  readonly folder: Folder;
  /** The calls in this document (this cell), in the order of the code. */
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null if the origin is in another file or cell. */
  readonly rangeOf: (origin: Origin) => Range | null;
  /** Of any origin, in this file or another. */
  readonly locationOf: (origin: Origin) => Location;
  /** Offset in `text` of a position in this document. */
  readonly offsetAt: (position: Position) => number;
}

export interface ServerContext {
  readonly settings: () => DisplaySettings;
  readonly client: Client;
  readonly now: () => Date;
  /** Null for a document that is not open, or whose language is not supported. */
  readonly document: (uri: string) => AnalysedDocument | null;

  /** Null for a document that is not an open prompt file. */
  readonly prompt: (uri: string) => PromptDocument | null;
  /** Version number of an open document; null if it is not open. */
  readonly versionOf: (uri: string) => number | null;
  /** A configuration that is open in the editor, by path. */
  readonly configAt: ConfigDocuments['at'];
  /** What became of the document's calls since the last commit; null while that is not known, and where nothing says it. */
  readonly changesIn: (document: AnalysedDocument) => FileChanges | null;
  /** The folders that the client has open. */
  readonly openFolders: () => readonly Folder[];
  /** Every folder, including those of files outside the workspace. */
  readonly folders: () => readonly Folder[];
  /** The document (or cell) that contains an offset of a file. */
  readonly locationOf: (workspace: Workspace, origin: Origin) => Location;
  /** Writes one line to the server's log. */
  readonly log: (message: string) => void;
}

/**
 * A method of the protocol: one file in `handlers/`. An error is reported once in the log; the client gets nothing.
 */
export type Handler<Parameters, Result> = (
  parameters: Parameters,
  context: ServerContext,
  token: CancellationToken,
) => Result;
