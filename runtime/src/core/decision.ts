/** What a layer decided about a call. In shadow mode the decision is recorded and not applied. */
export type Decision = Common & Outcome;

/** A decision as a layer states it: applied and without a reason, unless it says otherwise. */
export type Decided = Pick<Common, 'layer'> & Partial<Common> & Outcome;

interface Common {
  readonly layer: string;
  readonly isShadow: boolean;
  /** Why, for people. */
  readonly reason: string | null;
}

type Outcome =
  /** A name stood for this model. */
  | { readonly outcome: 'resolved'; readonly model: string }
  | { readonly outcome: 'routed'; readonly tier: string; readonly model: string }
  /** The request's own model did not fit into a budget. */
  | { readonly outcome: 'downgraded'; readonly model: string }
  /** Answered from a cache; `age` is in milliseconds. A stale answer is renewed in the background. */
  | { readonly outcome: 'hit' | 'stale'; readonly age: number }
  /** Shared the answer to an identical request in flight. */
  | { readonly outcome: 'joined' }
  | { readonly outcome: 'waited'; readonly milliseconds: number }
  /** The output limit that the request was given, in tokens. */
  | { readonly outcome: 'limited'; readonly tokens: number }
  /** Marked for the provider's prompt cache. */
  | { readonly outcome: 'marked' }
  /** Another target was asked; `target` names it. */
  | { readonly outcome: 'failed-over'; readonly target: string }
  | { readonly outcome: 'retried' | 'skipped' | 'refused' }
  /** What the answer cost is not known; the reason says which part. */
  | { readonly outcome: 'unpriced' }
  /** The layer threw, and the call went on without it or was refused. */
  | { readonly outcome: 'failed' }
  /** Written by an earlier version, which kept only text. */
  | { readonly outcome: 'recorded'; readonly text: string };
