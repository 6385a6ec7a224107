import type { Decision } from '../core/decision.ts';
import { asArray, asString, type JsonObject, parseObject } from '../support/json-body.ts';
import type { LedgerRow } from './ledger-row.ts';

/** Parses a row from its JSON, whichever version wrote it; null for damaged text. */
export function readRow(text: string): LedgerRow | null {
  const row = parseObject(text);
  return row === null ? null : currentRow(row);
}

/** Converts a row to the current version. */
export function currentRow(row: JsonObject): LedgerRow {
  return { ...row, decisions: decisionsOf(row) } as unknown as LedgerRow;
}

function decisionsOf({ decisions }: JsonObject): readonly Decision[] {
  return asArray(decisions).map((decision) => {
    const words = asString(decision);
    return words === null ? (decision as unknown as Decision) : decisionOfText(words);
  });
}

/** Versions before 0.2 stored `layer:outcome`, and `layer:outcome (shadow)` if it was not applied. */
function decisionOfText(words: string): Decision {
  const [, layer = '', text = '', shadow] = /^([^:]*):(.*?)( \(shadow\))?$/s.exec(words) ?? [];
  return { layer, outcome: 'recorded', text, isShadow: shadow !== undefined, reason: null };
}
