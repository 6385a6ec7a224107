import { dirname } from 'node:path';

/** Why a file could not be read or analysed completely: one line of the report. */
export interface Problem {
  /** Absolute POSIX path. */
  readonly path: string;
  /** What happened and what to do, in one or two sentences. */
  readonly message: string;
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the path is too long',
  EISDIR: 'it is a folder',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
};

/** True for an error of the system that says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Describes a thrown value: the meaning of its system code, or else its message on one line. */
export function describeError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SYSTEM_ERRORS[code];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? '';
}

/** The same for a file that could not be written: then it is the folder that is missing. */
export function describeWriteError(error: unknown, path: string): string {
  return isMissing(error) ? `there is no folder ${dirname(path)}` : describeError(error);
}

/** A stack overflow is described by what it means for source code. */
export function describeFailure(error: unknown): string {
  return error instanceof RangeError && /call stack/i.test(error.message)
    ? 'its code is nested too deeply'
    : describeError(error);
}
