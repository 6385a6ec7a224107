/** Findings as diagnostics of the protocol. The same analysis always gives the same list, with the same result id. */
import type { Language } from '@farthing/shared/language';
import { printable } from '@farthing/shared/printable';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { hashOf } from '../../files/file-fingerprint.ts';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { ruleUrl } from '../../report/rule-url.ts';
import { rules } from '../../rules/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Documents, OpenDocument, OpenPrompt } from '../documents/documents.ts';
import { promptFindings } from '../prompt-files/prompt-diagnostics.ts';
import { promptDocument } from '../prompt-files/prompt-document.ts';
import { locationAt, rangeAt, rangeIn } from '../request-location.ts';

export interface DiagnosticReport {
  readonly resultId: string;
  readonly items: LspDiagnostic[];
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const DEPRECATING = new Set(rules.filter((rule) => rule.isAboutRetirement === true).map(({ id }) => id));

/** The diagnostics of an open document. */
export function diagnosticsOf(open: OpenDocument, documents: Documents, language: Language): DiagnosticReport {
  const workspace = open.folder.workspace();
  return report(
    workspace.findings(open.path).flatMap((diagnostic) => {
      const range = rangeIn(open, workspace, diagnostic.origin);
      return range === null ? [] : [convert(diagnostic, range, { workspace, documents, language })];
    }),
  );
}

/** Findings about what an open prompt file says. */
export function diagnosticsOfPrompt(open: OpenPrompt, documents: Documents, language: Language): DiagnosticReport {
  const prompt = promptDocument(open, documents);
  const { workspace } = prompt;
  const text = { en: 'The call that sends this text.', es: 'La llamada que envía este texto.' };
  return report(
    promptFindings(prompt).map(({ diagnostic, start, end }) => {
      const related = [{ origin: diagnostic.origin, text }, ...diagnostic.related];
      return convert({ ...diagnostic, related }, prompt.rangeOf(start, end), { workspace, documents, language });
    }),
  );
}

/**
 * The diagnostics of a file that is not open. A notebook then has one address for all its cells, so the message names
 * the cell.
 */
export function diagnosticsOfFile(
  diagnostics: readonly Diagnostic[],
  workspace: Workspace,
  documents: Documents,
  language: Language,
): DiagnosticReport {
  return report(
    diagnostics.map((diagnostic) => {
      const { cell, range } = rangeAt(workspace, diagnostic.origin);
      const converted = convert(diagnostic, range, { workspace, documents, language });
      if (cell === null) return converted;
      const start = { line: 0, character: 0 };
      const message = `cell ${cell + 1}, line ${range.start.line + 1}: ${converted.message}`;
      return { ...converted, range: { start, end: start }, message };
    }),
  );
}

function report(items: LspDiagnostic[]): DiagnosticReport {
  return { items, resultId: hashOf(JSON.stringify(items)) };
}

interface Shown {
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly language: Language;
}

function convert(
  { rule, severity, message, related }: Diagnostic,
  range: LspDiagnostic['range'],
  { workspace, documents, language }: Shown,
): LspDiagnostic {
  return {
    range,
    severity: SEVERITIES[severity],
    code: rule,
    codeDescription: { href: ruleUrl(rule) },
    source: 'farthing',
    message: printable(message(language)),
    ...(DEPRECATING.has(rule) ? { tags: [DiagnosticTag.Deprecated] } : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((place) => ({
            location: locationAt(workspace, place.origin, documents),
            message: printable(place.text[language]),
          })),
        }),
  };
}
