/** Suppressions: findings that a comment suppresses, and comments that suppress nothing. */
import type { Localised } from '@farthing/shared/language';
import type { LlmCall } from '../calls/call.ts';
import type { Origin } from '../ir/origin.ts';
import { INVALID_COMMENT, UNUSED_SUPPRESSION } from './built-in-rules.ts';
import { callDigest } from './call-digest.ts';
import type { CodeComments } from './diagnostic.ts';
import type { Directive, Suppression } from './directives.ts';

/** A finding about a comment. */
export interface CommentFinding {
  readonly rule: string;
  readonly text: Localised;
  readonly origin: Origin;
}

/** A comment that suppressed a finding of a rule. */
export interface UsedSuppression {
  /** The file that contains the comment. */
  readonly path: string;
  readonly directive: Suppression;
  readonly rule: string;
}

export interface Suppressions {
  /** True if a comment suppresses the finding. Marks that comment as used. */
  readonly covers: (rule: string, finding: Origin, call: LlmCall) => boolean;
  readonly used: () => readonly UsedSuppression[];
}

/** @param now a suppression applies up to the end of its last day, UTC */
export function createSuppressions(code: CodeComments, now: Date): Suppressions {
  const used: UsedSuppression[] = [];
  return {
    covers: (rule, finding, call) => {
      let isCovered = false;
      // A comment applies at the position of the finding and at the position of the call.
      for (const { path, start } of [finding, call.origin, call.methodOrigin]) {
        const directives = code.directives(path);
        if (directives.length === 0) continue;
        const line = code.positions(path).lineOf(start);
        for (const directive of directives) {
          if (directive.kind !== 'suppression' || hasEnded(directive, now) || isAboutAnother(directive, call)) continue;
          if (!directive.rules.includes(rule) || !speaksTo(directive, line)) continue;
          used.push({ path, directive, rule });
          isCovered = true;
        }
      }
      return isCovered;
    },
    used: () => used,
  };
}

export interface CommentJudgement {
  readonly code: CodeComments;
  readonly now: Date;
  /** The calls of the file. */
  readonly calls: readonly LlmCall[];
  readonly used: () => readonly UsedSuppression[];
  readonly isKnownRule: (rule: string) => boolean;
  /** True for a rule that ran on every call: it is not off, and it did not fail. */
  readonly hasRun: (rule: string) => boolean;
  /** False while there may be calls in other files whose findings the comments suppress. */
  readonly isComplete: () => boolean;
}

/** Comments of the file at `path` that are invalid, and those that suppress nothing. */
export function commentFindings(path: string, judgement: CommentJudgement): readonly CommentFinding[] {
  return judgement.code.directives(path).flatMap((directive) => findingsAbout(path, directive, judgement));
}

function findingsAbout(path: string, directive: Directive, judgement: CommentJudgement): readonly CommentFinding[] {
  const origin: Origin = { path, start: directive.start, end: directive.end };
  const invalid = (text: Localised): CommentFinding => ({ rule: INVALID_COMMENT.id, text, origin });
  if (directive.kind === 'malformed') return [invalid(directive.text)];
  const lines = judgement.calls.flatMap((call) => linesOf(call, judgement.code));
  if (directive.kind === 'volume') {
    if (lines.some((line) => directive.from <= line && line <= directive.to)) return [];
    return [{ rule: UNUSED_SUPPRESSION.id, text: UNUSED_VOLUME, origin }];
  }
  const findings: CommentFinding[] = [];
  if (directive.reason === null) {
    findings.push(invalid(WITHOUT_REASON));
  }
  if (hasEnded(directive, judgement.now))
    return [...findings, { rule: UNUSED_SUPPRESSION.id, text: ended(directive.until ?? ''), origin }];
  const changed = changedCall(directive, judgement);
  if (changed !== null) return [...findings, { rule: UNUSED_SUPPRESSION.id, text: snoozed(changed), origin }];
  // A comment at a name, rather than at a call, may suppress findings of calls in files that were not analysed.
  const isJudged = (): boolean => lines.some((line) => speaksTo(directive, line)) || judgement.isComplete();
  for (const rule of directive.rules) {
    if (!judgement.isKnownRule(rule)) {
      findings.push(invalid(unknownRule(rule)));
    } else if (judgement.hasRun(rule) && isJudged() && !isUsed(directive, rule, judgement.used())) {
      findings.push({ rule: UNUSED_SUPPRESSION.id, text: unusedRule(rule), origin });
    }
  }
  return findings;
}

/** The lines on which the call begins and ends. */
function linesOf({ origin: { path, start, end } }: LlmCall, code: CodeComments): readonly number[] {
  const { lineOf } = code.positions(path);
  return [lineOf(start), lineOf(end)];
}

function isUsed(directive: Suppression, rule: string, used: readonly UsedSuppression[]): boolean {
  return used.some((use) => use.directive === directive && use.rule === rule);
}

const UNUSED_VOLUME: Localised = {
  en: 'This volume does not belong to a call. Put it on the line above the call, or at the end of its line.',
  es: 'Este volumen no corresponde a ninguna llamada. Ponlo en la línea anterior a la llamada, o al final de su línea.',
};
const WITHOUT_REASON: Localised = {
  en: 'This suppression has no reason. Add one after " -- ", for the next reader.',
  es: 'Esta supresión no indica un motivo. Añade uno después de « -- » para quien la lea más tarde.',
};

function unknownRule(rule: string): Localised {
  return {
    en: `There is no rule "${rule}". "farthing explain" lists them; this comment has no effect.`,
    es: `No existe la regla «${rule}». «farthing explain» las enumera; esto no suprime nada.`,
  };
}

function unusedRule(rule: string): Localised {
  return {
    en: `${rule} finds nothing here. Remove it from the comment, before it hides the next finding.`,
    es: `${rule} no encuentra nada aquí. Quítala del comentario antes de que oculte el próximo hallazgo.`,
  };
}

function ended(until: string): Localised {
  return {
    en: `This suppression ended on ${until}. Mend what it hid and remove it, or give it a later day.`,
    es: `Esta supresión terminó el ${until}. Corrige lo que ocultaba y quítala, o dale un día posterior.`,
  };
}

function snoozed(digest: string): Localised {
  return {
    en: `The call is not the one that this suppression is about. "until changed:${digest}" means the call as it is now.`,
    es: `La llamada no es la que esta supresión nombra. «until changed:${digest}» es la llamada tal como está ahora.`,
  };
}

/** The digest of the first call below the comment, if the comment is about none of them; null if it is about one. */
function changedCall(directive: Suppression, { calls, code }: CommentJudgement): string | null {
  if (directive.digest === null) return null;
  const below = calls.filter((call) => linesOf(call, code).some((line) => speaksTo(directive, line)));
  const [first] = below;
  return first === undefined || below.some((call) => !isAboutAnother(directive, call)) ? null : callDigest(first);
}

function isAboutAnother({ digest }: Suppression, call: LlmCall): boolean {
  return digest !== null && digest !== callDigest(call);
}

function hasEnded({ until }: Suppression, now: Date): boolean {
  return until !== null && until < now.toISOString().slice(0, 10);
}

function speaksTo(directive: Suppression, line: number): boolean {
  return directive.scope === 'file' || (directive.from <= line && line <= directive.to);
}
