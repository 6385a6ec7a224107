/**
 * JUnit XML, which most CI servers show as test results: a suite for each file, and a failed case for each finding. A
 * report without findings has one case that passed, because some servers take a file without cases for a mistake. Only
 * attributes that the strictest reader takes: the schema of Jenkins' xUnit plugin knows `file` of a suite, not of a case.
 */
import { describeCalls, describePosition } from '../../report/describe.ts';
import type { Format } from './format.ts';

export const formatJunit: Format = (report) => {
  const files = Map.groupBy(report.diagnostics, ({ path }) => path);
  const suites = [...files].flatMap(([path, findings]) => [
    `  <testsuite name="${escapeXml(path)}" tests="${findings.length}" failures="${findings.length}" errors="0" file="${escapeXml(path)}">`,
    ...findings.flatMap((finding) => {
      const place = `${path}:${finding.cell === null ? finding.line : describePosition(finding)}`;
      return [
        `    <testcase classname="${escapeXml(path)}" name="${escapeXml(`${finding.rule} ${place}`)}">`,
        `      <failure type="${escapeXml(finding.severity)}" message="${escapeXml(finding.message)}">${escapeXml(`${place}: ${finding.message} ${finding.url}`)}</failure>`,
        '    </testcase>',
      ];
    }),
    '  </testsuite>',
  ]);
  const clean = [
    '  <testsuite name="farthing" tests="1" failures="0" errors="0">',
    `    <testcase classname="farthing" name="${escapeXml(describeCalls(report))}"/>`,
    '  </testsuite>',
  ];
  const total = report.diagnostics.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="farthing" tests="${Math.max(1, total)}" failures="${total}" errors="0">`,
    ...(total === 0 ? clean : suites),
    '</testsuites>',
    '',
  ].join('\n');
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML cannot have at all, were made printable before. */
function escapeXml(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\ufffe\uffff]/g, '')
    .toWellFormed();
}
