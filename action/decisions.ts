/** What reviewers decided by comments: `farthing dismiss CODE REASON`, `farthing snooze CODE REASON`. */
import type { Comment } from './github-api.ts';

export interface Decision {
  readonly action: string;
  readonly code: string;
  readonly by: string;
  readonly reason: string;
}

export interface Decided {
  readonly decisions: readonly Decision[];
  /** Why others do not count. */
  readonly ignored: readonly string[];
}

/** On a line of its own, so that a quotation is none. */
const DECISION = /^[ \t]*`?farthing (dismiss|snooze) ([0-9a-f]{8}-[0-9a-f]{6})`?(?:[ \t]+(\S.*?))?[ \t]*$/gim;
/** Those who may merge, or were invited to. */
const MEMBERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);
const MAX_REASON = 300;

export function decisionsIn(comments: readonly Comment[]): Decided {
  const decisions: Decision[] = [];
  const ignored: string[] = [];
  for (const { body, author, association } of comments) {
    for (const [, action = '', code = '', reason] of body.matchAll(DECISION)) {
      const said = `${action.toLowerCase()} ${code} by ${author}`;
      if (!MEMBERS.has(association)) ignored.push(`${said}: only members of the repository can decide`);
      else if (reason === undefined) ignored.push(`${said}: it has no reason`);
      else
        decisions.push({
          action: action.toLowerCase(),
          code: code.toLowerCase(),
          by: author,
          reason: reason.slice(0, MAX_REASON),
        });
    }
  }
  return { decisions, ignored };
}
