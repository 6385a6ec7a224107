/** Summaries by function, kept while modules and evaluators come and go. Plain data that holds no syntax tree. */
import type { Role } from '../../sdks/descriptor.ts';
import type { Basis } from './requests.ts';
import type { WrapperIndex } from './wrapper-index.ts';

/** What a function does with its parameters on the way to a request, for any caller. */
export interface Summary {
  /** Roles of the requests that parameters flow into. */
  readonly flows: ReadonlySet<Role>;
  /** True for a method that sends what other methods have put into fields of its object: a conversation. */
  readonly sendsFields: boolean;
  /** Literal text that the function and what it calls put into a request by themselves, by `keyOf`. */
  readonly literals: ReadonlySet<string>;
  /** True if it writes a prompt itself, on the way or in the request: what it is given besides is then data. */
  readonly writesPrompt: boolean;
  /** True if a prompt is made inside, whose text is not known. */
  readonly makesPrompt: boolean;
}

export interface StoredSummary extends Summary {
  readonly basis: Basis;
}

export class SummaryStore {
  readonly #known = new Map<string, StoredSummary>();
  /** The version of the index for which each summary was last found to hold. */
  readonly #checked = new WeakMap<StoredSummary, number>();

  /** Null where there is none that still holds. */
  get(key: string, index: WrapperIndex): StoredSummary | null {
    const known = this.#known.get(key);
    if (known === undefined) return null;
    if (this.#checked.get(known) === index.version) return known;
    const { names, version } = known.basis;
    for (const name of names) if (index.versionOf(name) > version) return null;
    this.#checked.set(known, index.version);
    return known;
  }

  set(key: string, summary: StoredSummary): void {
    this.#known.set(key, summary);
  }

  /** Forgets what rests on any of these modules. */
  forget(paths: ReadonlySet<string>): void {
    for (const [key, { basis }] of this.#known) {
      for (const path of basis.modules) {
        if (!paths.has(path)) continue;
        this.#known.delete(key);
        break;
      }
    }
  }
}
