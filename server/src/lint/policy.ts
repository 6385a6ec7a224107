/** What the configuration that holds for a file says of its findings. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Severity } from '@farthing/shared/vocabulary';

export interface Policy {
  /** By rule id, as far as they are configured or decided by its preset; every other rule uses its default. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** No finding is less severe than this, unless its rule's severity is configured. */
  readonly leastSeverity: Severity;
  /** With the prices that it states. */
  readonly catalogue: Catalogue;
}

/** By absolute path: configurations of folders inside hold for these. The same object for the same configuration. */
export type PolicyAt = (path: string) => Policy;
