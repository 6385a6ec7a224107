/** `expect:` markers in fixtures and examples: `// expect: rule-a, rule-b` says what is found on its line. */

/** `line rule`, sorted: what a marked text expects, or what was found in it. */
export type Expectations = readonly string[];

const MARKER = /(?:\/\/|#)\s*expect:\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*$/;

/** Lines count from 1. */
export function expectationsOf(text: string): Expectations {
  return text
    .split('\n')
    .flatMap((line, index) => {
      const rules = MARKER.exec(line)?.[1];
      return rules === undefined ? [] : rules.split(/\s*,\s*/).map((rule) => expectation(index + 1, rule));
    })
    .sort();
}

export function expectation(line: number, rule: string): string {
  return `${String(line).padStart(3)} ${rule}`;
}

/** A code block of a rule's documentation: the file it stands for, under the heading it stands under. */
export interface Example {
  readonly heading: string;
  readonly file: string;
  readonly code: string;
}

/** The code blocks of a document, fenced by `~~~ts` or `~~~py file=scripts/label.py`. */
export function examplesOf(documentation: string): readonly Example[] {
  const examples: Example[] = [];
  let heading = '';
  for (const match of documentation.matchAll(/^## (.+)$|^~~~(\w+)(?: file=(\S+))?\n([\s\S]*?)^~~~$/gm)) {
    const [, title, language, file, code] = match;
    if (title !== undefined) heading = title;
    else if (code !== undefined) examples.push({ heading, file: file ?? `example.${language}`, code });
  }
  return examples;
}
