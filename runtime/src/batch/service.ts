/** What a provider's batch API is to a job: the limits, the form of a line, and the requests that it takes. */
import type { JsonObject } from '../support/json-body.ts';

/** A request as a batch takes it. */
export interface BatchRequest {
  /** The path of the live call, from the host on: `/v1/chat/completions`. */
  readonly path: string;
  /** The body as it is sent: JSON. */
  readonly body: string;
}

/** A row of the application in the provider's own form of a batch line. */
export interface ReadRow extends BatchRequest {
  /** The application's own name for the row; null if it has none. */
  readonly id: string | null;
}

/** One batch to submit. */
export interface Submission {
  /** Names this attempt to submit the batch, so that it can be found again after a crash. */
  readonly marker: string;
  readonly path: string;
  /** What all requests of the batch have in common. */
  readonly group: string;
  /** The lines as they are submitted: called for each attempt to send them. */
  readonly lines: () => AsyncIterable<string>;
}

/** What a provider's API needs to find a batch and its files again. */
export interface Submitted {
  readonly batch: string;
  /** Uploaded files, to be deleted when the batch has been read. */
  readonly files: readonly string[];
}

export interface BatchState {
  readonly isEnded: boolean;
  /** Where the results are, as the service needs it. */
  readonly results: readonly string[];
  /** Why no line was processed; null if lines were, or may be. */
  readonly failure: BatchFailure | null;
}

export interface BatchFailure {
  readonly message: string;
  /** True if the same lines may be taken later. */
  readonly isTemporary: boolean;
  /** Lines that are wrong, by their number from 1; the others can be submitted without them. */
  readonly lines: readonly { readonly line: number; readonly message: string }[];
}

/** The result of one line: what a live call would have been answered with. Null for a line that was not processed. */
export interface LineResult {
  readonly key: string;
  readonly answer: { readonly status: number; readonly body: string } | null;
}

export interface BatchService {
  readonly name: string;
  readonly limits: { readonly rows: number; readonly bytes: number };
  /** The application's row; a text says what is wrong with it. */
  readonly read: (row: JsonObject) => ReadRow | string;
  /** Requests of different groups cannot be in one batch. A text that begins with `!` says why none takes it. */
  readonly group: (request: BatchRequest) => string;
  /** The address of the live call, which says what is asked and who is paid. */
  readonly url: (path: string) => string;
  readonly line: (key: string, request: BatchRequest) => string;
  readonly submit: (submission: Submission) => Promise<Submitted>;
  /**
   * A batch that was submitted under the marker; null if there is none, or if submitting it again under the same marker is
   * without effect.
   */
  readonly find: (marker: string) => Promise<Submitted | null>;
  readonly state: (batch: Submitted) => Promise<BatchState>;
  readonly results: (state: BatchState) => AsyncIterable<LineResult>;
  readonly cancel: (batch: Submitted) => Promise<void>;
  /** Deletes the files of a batch, as far as they are still there. */
  readonly remove: (batch: Submitted, state: BatchState | null) => Promise<void>;
  /** The same request as a live call. */
  readonly live: (request: BatchRequest) => Promise<Response>;
}

/** True for the reason why no batch takes a request, in the place of its group. */
export function isRefusedGroup(group: string): boolean {
  return group.startsWith('!');
}
