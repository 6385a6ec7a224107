/** What a prompt says now that it did not say before, and where that is written. */
import type { Origin } from '../ir/origin.ts';
import type { Estimations } from './causes.ts';

interface Text {
  readonly text: string;
  readonly origin: Origin | null;
}

/** Where new text is written, the longest first. */
export function grownText(base: Estimations, head: Estimations): readonly Origin[] {
  const before = new Set(textsOf(base).map(({ text }) => text));
  return textsOf(head)
    .filter(({ text }) => !before.has(text))
    .sort((one, other) => other.text.length - one.text.length)
    .flatMap(({ origin }) => origin ?? []);
}

function textsOf(estimations: Estimations): readonly Text[] {
  return estimations.flatMap(({ asked }) =>
    asked.prompt.parts.flatMap(({ segments }) =>
      segments.flatMap((one) => (one.kind === 'literal' ? [{ text: one.text, origin: one.origin }] : [])),
    ),
  );
}

/** `+search, -lookup`; `changed` where the names are the same. */
export function changedNames(base: readonly (string | null)[], head: readonly (string | null)[]): string {
  const [before, now] = [new Set(base), new Set(head)];
  const added = [...now].filter((name) => !before.has(name)).map((name) => `+${name ?? 'one without a name'}`);
  const removed = [...before].filter((name) => !now.has(name)).map((name) => `-${name ?? 'one without a name'}`);
  const all = [...added, ...removed];
  if (all.length === 0) return 'changed';
  return all.length > MAX_NAMES
    ? `${all.slice(0, MAX_NAMES).join(', ')} and ${all.length - MAX_NAMES} more`
    : all.join(', ');
}

const MAX_NAMES = 4;
