/** `farthing/changes`: which calls of a document are new or changed since HEAD. */
import type { Handler } from '../context.ts';
import type { ChangedCall } from '../protocol.ts';
import { changeWords } from '../since-head/change-words.ts';

export const changes: Handler<{ readonly uri: string }, readonly ChangedCall[]> = ({ uri }, context) => {
  const document = context.document(uri);
  const changed = document && context.changesIn(document)?.changed;
  if (!document || !changed) return [];
  return document.calls.flatMap((call): ChangedCall[] => {
    const change = changed.get(call.id);
    const range = document.rangeOf(call.origin);
    if (change === undefined || range === null) return [];
    return [{ range, kind: change.kind, text: changeWords(change, context.client.language, true) }];
  });
};
