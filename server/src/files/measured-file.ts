/** Reads what was measured of a project's calls: `.farthing/measured.json` at its root. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MEASURED_FILE, type MeasuredFile } from '@farthing/shared/measured/measured';
import { readMeasured } from '@farthing/shared/measured/read-measured';
import { isStrangers } from './ownership.ts';
import { describeFailure, isMissing } from './problem.ts';
import { decode, readRegularFile } from './regular-file.ts';

export interface FoundMeasured {
  /** Null if there is none, or if it cannot be used. */
  readonly file: MeasuredFile | null;
  /** Identifies the contents; null without any. */
  readonly fingerprint: string | null;
  /** Why it is not used, in a full sentence. */
  readonly problem: string | null;
}

export const NOT_MEASURED: FoundMeasured = { file: null, fingerprint: null, problem: null };

/** Bytes: ten thousand call sites have less. */
const LIMIT = 32 * 1024 * 1024;

/** Never throws. @param root of the project: see `projectRoot` */
export function readMeasuredFile(root: string): FoundMeasured {
  const path = join(root, MEASURED_FILE);
  const unusable = (reason: string): FoundMeasured => ({
    ...NOT_MEASURED,
    problem: `${MEASURED_FILE} is not used: ${reason}. "farthing measure import" writes a new one.`,
  });
  try {
    const read = readRegularFile(path, LIMIT);
    if (read.kind === 'irregular') return unusable('it is not a regular file');
    if (read.kind === 'too large') return unusable('it is too large');
    if (isStrangers(path, root)) return unusable('it belongs to another user');
    const text = decode(read.bytes);
    const { file, problem } = readMeasured(text);
    if (file === null) return unusable(problem);
    return { file, fingerprint: createHash('sha256').update(text).digest('hex'), problem: null };
  } catch (error) {
    return isMissing(error) ? NOT_MEASURED : unusable(describeFailure(error));
  }
}
