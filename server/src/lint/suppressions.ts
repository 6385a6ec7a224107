/** Which findings a comment excuses, and which comments excuse nothing. */
import type { Localised } from '@farthing/shared/language';
import type { LlmCall } from '../calls/call.ts';
import type { Origin } from '../ir/origin.ts';
import type { Project } from '../workspace/project.ts';
import { INVALID_COMMENT, UNUSED_SUPPRESSION } from './built-in-rules.ts';
import type { Directive, Suppression } from './directives.ts';

/** A finding about a comment. */
export interface CommentFinding {
  readonly rule: string;
  readonly text: Localised;
  readonly origin: Origin;
}

export interface Suppressions {
  /** True where a comment excuses the finding, which marks that comment as used. */
  readonly covers: (rule: string, finding: Origin, call: LlmCall) => boolean;
  /** Comments that are wrong, and those that covered nothing; asked when every rule has run. */
  readonly findings: () => readonly CommentFinding[];
}

export interface SuppressionContext {
  readonly project: Pick<Project, 'directives' | 'positions'>;
  /** The files that were analysed: only there does an unused comment mean anything. */
  readonly paths: readonly string[];
  readonly calls: readonly LlmCall[];
  readonly isKnownRule: (rule: string) => boolean;
  /** True for a rule that ran on every call: not switched off, and it did not fail. */
  readonly hasRun: (rule: string) => boolean;
}

export function createSuppressions(context: SuppressionContext): Suppressions {
  const { project } = context;
  const used = new Map<Suppression, Set<string>>();

  const covers = (rule: string, finding: Origin, call: LlmCall): boolean => {
    let isCovered = false;
    // A comment counts where the finding points and where the call stands.
    for (const place of [finding, call.origin, call.methodOrigin]) {
      const directives = project.directives(place.path);
      if (directives.length === 0) continue;
      const line = project.positions(place.path).lineOf(place.start);
      for (const directive of directives) {
        if (directive.kind !== 'suppression' || !directive.rules.includes(rule) || !speaksTo(directive, line)) continue;
        used.set(directive, (used.get(directive) ?? new Set()).add(rule));
        isCovered = true;
      }
    }
    return isCovered;
  };

  const about = (path: string, directive: Directive): readonly CommentFinding[] => {
    const origin: Origin = { path, start: directive.start, end: directive.end };
    const invalid = (text: Localised): CommentFinding => ({ rule: INVALID_COMMENT.id, text, origin });
    if (directive.kind === 'malformed') return [invalid(directive.text)];
    if (directive.kind === 'volume') {
      if (context.calls.some((call) => call.origin.path === path && isVolumeOf(directive, call.origin))) return [];
      return [{ rule: UNUSED_SUPPRESSION.id, text: UNUSED_VOLUME, origin }];
    }
    const findings: CommentFinding[] = [];
    if (directive.reason === null) {
      findings.push(invalid(WITHOUT_REASON));
    }
    for (const rule of directive.rules) {
      if (!context.isKnownRule(rule)) {
        findings.push(invalid(unknownRule(rule)));
      } else if (context.hasRun(rule) && !used.get(directive)?.has(rule)) {
        findings.push({ rule: UNUSED_SUPPRESSION.id, text: unusedRule(rule), origin });
      }
    }
    return findings;
  };

  const isVolumeOf = (volume: { from: number; to: number }, call: Origin): boolean =>
    [call.start, call.end].some((offset) => {
      const line = project.positions(call.path).lineOf(offset);
      return volume.from <= line && line <= volume.to;
    });

  return {
    covers,
    findings: () =>
      context.paths.flatMap((path) => project.directives(path).flatMap((directive) => about(path, directive))),
  };
}

const UNUSED_VOLUME: Localised = {
  en: 'This volume belongs to no call. Put it on the line above the call, or behind it.',
  es: 'Este volumen no pertenece a ninguna llamada. Ponlo en la línea anterior a la llamada, o detrás de ella.',
};
const WITHOUT_REASON: Localised = {
  en: 'This suppression gives no reason. Add one behind " -- ", for whoever reads it next.',
  es: 'Esta supresión no da un motivo. Añade uno después de « -- » para quien la lea más tarde.',
};

function unknownRule(rule: string): Localised {
  return {
    en: `There is no rule "${rule}". "farthing explain" lists them; this suppresses nothing.`,
    es: `No existe la regla «${rule}». «farthing explain» las enumera; esto no suprime nada.`,
  };
}

function unusedRule(rule: string): Localised {
  return {
    en: `${rule} finds nothing here. Remove it from the comment, before it hides the next finding.`,
    es: `${rule} no encuentra nada aquí. Quítala del comentario antes de que oculte el próximo hallazgo.`,
  };
}

function speaksTo(directive: Suppression, line: number): boolean {
  return directive.scope === 'file' || (directive.from <= line && line <= directive.to);
}
