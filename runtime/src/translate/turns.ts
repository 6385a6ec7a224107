/** One neutral form for conversations that formats cut into messages differently. */
import type { Part, Turn } from './neutral.ts';

/**
 * Results of tools stand in turns of their own, all results of one step in one turn, and what follows a call in the same
 * step belongs to the call's turn. Empty texts say nothing and are dropped.
 */
export function joinedTurns(turns: readonly Turn[]): readonly Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns.flatMap(split)) {
    const last = joined.at(-1);
    if (last !== undefined && belongsTo(last, turn)) {
      joined[joined.length - 1] = { role: last.role, parts: [...last.parts, ...turn.parts] };
    } else joined.push(turn);
  }
  return joined;
}

function belongsTo(last: Turn, { role, parts }: Turn): boolean {
  if (last.role !== role) return false;
  if (role === 'assistant') return has(last.parts, 'call') || has(parts, 'call');
  return has(last.parts, 'result') && has(parts, 'result');
}

function split({ role, parts }: Turn): readonly Turn[] {
  const kept = parts.filter((part) => part.kind !== 'text' || part.text !== '');
  const results = kept.filter(isResult);
  if (results.length === 0 || results.length === kept.length) return [{ role, parts: kept }];
  return [
    { role, parts: results },
    { role, parts: kept.filter((part) => !isResult(part)) },
  ];
}

function isResult({ kind }: Part): boolean {
  return kind === 'result';
}

function has(parts: readonly Part[], kind: Part['kind']): boolean {
  return parts.some((part) => part.kind === kind);
}

/** Results and the words that follow them as one message, for formats in which roles take turns. */
export function withResultsJoined(turns: readonly Turn[]): readonly Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === 'user' && turn.role === 'user' && last.parts.every(isResult)) {
      joined[joined.length - 1] = { role: 'user', parts: [...last.parts, ...turn.parts] };
    } else joined.push(turn);
  }
  return joined;
}
