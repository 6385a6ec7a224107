/** The interface of the tools: each is one file, a pure answer to arguments that were checked. */

import type { Io } from '../io.ts';
import type { Drive } from '../progress.ts';
import type { Arguments } from './arguments.ts';

export interface ToolContext {
  /** Without a terminal; its `cwd` is the root. */
  readonly io: Io;
  /** Absolute, without links. Nothing outside it is read. */
  readonly root: string;
  /** False to analyse everything anew. */
  readonly usesCache: boolean;
  /** Of the request: runs a scan in steps, reports its progress and stops when the client cancels. */
  readonly drive: Drive;
}

export interface ToolArgument {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
  readonly values?: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, ToolArgument>>;
  readonly required: readonly string[];
  /** @throws UsageError for what cannot be done: the message says what to do instead */
  readonly run: (given: Arguments, context: ToolContext) => Promise<string>;
}
