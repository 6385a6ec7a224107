/**
 * A report as one page of HTML that needs nothing else: no script, no file beside it, nothing from a network. It is for
 * people who have neither the repository nor the editor.
 */
import { printable } from '@farthing/shared/printable';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import {
  describeApi,
  describeCalls,
  describeCost,
  describeFindings,
  describeInput,
  describeMonth,
  describeNoCalls,
  describeOrigin,
  describeOutput,
  describePosition,
} from '../describe.ts';
import { describeExpected } from '../describe-figure.ts';
import { describeModel } from '../describe-model.ts';
import { byCost } from '../feature-groups.ts';
import { worstFirst } from '../order.ts';

const TITLE = 'LLM calls and their cost';
const STYLE = `:root{color-scheme:light dark;--line:#8884}
body{font:14px/1.45 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}
code{font-size:.95em}
footer{margin-top:2rem;font-size:.9em}`;

/** Text that is HTML already. */
interface Html {
  readonly html: string;
}

export function reportAsHtml(report: Report): string {
  const isEmpty = report.calls.length === 0;
  const lines = isEmpty
    ? [describeNoCalls(report)]
    : [describeCalls(report), describeMonth(report) ?? '', describeFindings(report)];
  const body = [
    html`<h1>${TITLE}</h1>`,
    ...lines.filter((line) => line !== '').map((line) => html`<p>${line}</p>`),
    ...(report.diagnostics.length === 0 ? [] : [findingsTable(report)]),
    ...(isEmpty ? [] : [callsTable(report)]),
    html`<footer>${describeOrigin(report)}</footer>`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<style>${STYLE}</style>
</head>
<body>
${body.map((part) => part.html).join('\n')}
</body>
</html>
`;
}

function findingsTable(report: Report): Html {
  const saving = (finding: ReportDiagnostic): string =>
    finding.saving === null ? '' : describeExpected(finding.saving);
  return table(
    'Findings',
    ['Location', 'Finding', 'Saves'],
    worstFirst(report).map((finding) => [
      html`<code>${placeOf(finding)}</code>`,
      html`<code>${finding.rule}</code> ${finding.message}`,
      html`${saving(finding)}`,
    ]),
  );
}

function callsTable({ calls }: Report): Html {
  return table(
    'Calls',
    ['Location', 'Call', 'Model', 'Tokens in', 'Tokens out', 'Cost'],
    [...calls]
      .sort(byCost)
      .map((call) => [
        html`<code>${placeOf(call)}</code>`,
        html`${describeApi(call)}`,
        html`${describeModel(call)}`,
        html`${describeInput(call)}`,
        html`${describeOutput(call)}`,
        html`${describeCost(call)}`,
      ]),
  );
}

function table(title: string, head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  const headings = head.map((text) => html`<th scope="col">${text}</th>`.html).join('');
  const lines = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell.html}</td>`).join('')}</tr>`);
  return {
    html: `${html`<h2>${title}</h2>`.html}
<table>
<thead><tr>${headings}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`,
  };
}

function placeOf(position: ReportCall | ReportDiagnostic): string {
  return `${position.path}${position.cell === null ? ':' : ', '}${describePosition(position)}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Whatever is put into a template is text. */
function html(parts: TemplateStringsArray, ...values: readonly string[]): Html {
  const texts = values.map((value) => printable(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign));
  return { html: parts.map((part, index) => part + (texts[index] ?? '')).join('') };
}
