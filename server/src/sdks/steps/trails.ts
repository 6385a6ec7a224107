/** The walk as its steps see it: they ask it what the trails in their arguments are. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { ExternalValue } from '../../evaluate/values.ts';
import type { Registry } from '../registry.ts';
import type { Walked } from '../trail-result.ts';
import type { State } from '../trail-state.ts';

export interface Trails {
  readonly registry: Registry;
  /** The project's own addresses: host, or the beginning of a URL, to provider. */
  readonly baseUrls: Readonly<Record<string, ProviderName>>;
  /** The meaning of a trail; null if it has none. Cached. */
  readonly run: (value: ExternalValue) => Walked | State | null;
}

/** The object that a trail ends at; null if it ends at anything else. */
export function objectOf(trails: Trails, value: ExternalValue): State | null {
  const object = trails.run(value);
  return object === null || 'kind' in object ? null : object;
}
