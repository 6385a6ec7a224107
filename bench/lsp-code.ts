/**
 * Code of the kind that applications hold, with a call to a model about every sixty lines, its own or through a function
 * of the project; the same for the same size.
 */

/** A source file, and the position at which the benchmark types. */
export interface SampleFile {
  readonly name: string;
  readonly languageId: 'typescript' | 'python';
  readonly text: string;
  /** Offset in the middle of the file, at the start of a line inside a function, and what is typed there: a new call. */
  readonly statementAt: number;
  readonly statement: string;
  /** Offset inside the prompt of a call in the middle of the file. */
  readonly promptAt: number;
  /** What it imports of the project, by the files' names. */
  readonly imports: Readonly<Record<string, string>>;
}

const NOUNS = ['invoice', 'ticket', 'order', 'customer', 'report', 'message', 'payment', 'session', 'product'];
const TASKS = ['Summarise', 'Classify', 'Translate', 'Extract the dates of', 'Rewrite', 'Explain'];
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5'];
/** Behind this the prompt is typed in, and in front of it a new call. */
const TYPED = 'Stay with the facts.';

const pick = (list: readonly string[], index: number): string => list[index % list.length] as string;
const titled = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export function typescriptFile(lines: number): SampleFile {
  return sample(
    { name: `typing-${lines}.ts`, languageId: 'typescript' },
    `import OpenAI from 'openai';\nimport { readFile } from 'node:fs/promises';\n\nconst client = new OpenAI();\nconst SYSTEM = 'You answer for a shop that sells books. Be short, be kind, and never promise a delivery date.';\n`,
    [typescriptType, typescriptHelper, typescriptClass, typescriptHelper, typescriptCall],
    lines,
    `  await client.responses.create({ model: 'gpt-4o', input: \`Shorten: \${text}\` });\n`,
  );
}

export function pythonFile(lines: number): SampleFile {
  return sample(
    { name: `typing_${lines}.py`, languageId: 'python' },
    `import json\nfrom dataclasses import dataclass\nfrom openai import OpenAI\n\nclient = OpenAI()\nSYSTEM = "You answer for a shop that sells books. Be short, be kind, and never promise a delivery date."\n`,
    [pythonClass, pythonHelper, pythonHelper, pythonClass, pythonHelper, pythonCall],
    lines,
    `    client.responses.create(model="gpt-4o", input=f"Shorten: {text}")\n`,
  );
}

/** The same with calls of a function that asks the model. */
export function typescriptFeatures(lines: number, name = `features-${lines}.ts`): SampleFile {
  return sample(
    { name, languageId: 'typescript', imports: { [WRAPPER.typescript]: TYPESCRIPT_WRAPPER } },
    `import { readFile } from 'node:fs/promises';\nimport { ask } from './llm';\n\nconst SYSTEM = 'You answer for a shop that sells books. Be short, be kind, and never promise a delivery date.';\n`,
    [typescriptType, typescriptHelper, typescriptClass, typescriptHelper, typescriptFeature],
    lines,
    `  await ask(SYSTEM, \`Shorten: \${text}\`);\n`,
  );
}

export function pythonFeatures(lines: number, name = `features_${lines}.py`): SampleFile {
  return sample(
    { name, languageId: 'python', imports: { [WRAPPER.python]: PYTHON_WRAPPER } },
    `import json\nfrom dataclasses import dataclass\nfrom llm import ask\n\nSYSTEM = "You answer for a shop that sells books. Be short, be kind, and never promise a delivery date."\n`,
    [pythonClass, pythonHelper, pythonHelper, pythonClass, pythonHelper, pythonFeature],
    lines,
    `    ask(SYSTEM, f"Shorten: {text}")\n`,
  );
}

/** The file with the function that asks the model. */
export const WRAPPER = { typescript: 'llm.ts', python: 'llm.py' } as const;

const TYPESCRIPT_WRAPPER = `import OpenAI from 'openai';

const client = new OpenAI();

export async function ask(system: string, prompt: string, limit = 300): Promise<string> {
  const answer = await client.chat.completions.create({
    model: 'gpt-4o-mini',
    max_completion_tokens: limit,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: prompt },
    ],
  });
  return answer.choices[0]?.message.content ?? '';
}
`;

const PYTHON_WRAPPER = `from openai import OpenAI

client = OpenAI()


def ask(system: str, prompt: str, limit: int = 300) -> str:
    answer = client.chat.completions.create(
        model="gpt-4o-mini",
        max_completion_tokens=limit,
        messages=[{"role": "system", "content": system}, {"role": "user", "content": prompt}],
    )
    return answer.choices[0].message.content or ""
`;

function sample(
  file: Pick<SampleFile, 'name' | 'languageId'> & Partial<Pick<SampleFile, 'imports'>>,
  head: string,
  blocks: readonly ((index: number) => string)[],
  lines: number,
  statement: string,
): SampleFile {
  const parts = [head];
  let count = head.split('\n').length;
  for (let index = 0; count < lines; index++) {
    const block = (blocks[index % blocks.length] as (index: number) => string)(index);
    parts.push(block);
    count += block.split('\n').length;
  }
  const text = parts.join('\n');
  const promptAt = text.indexOf(TYPED, text.length / 2) + TYPED.length;
  // The lines of the call's function in front of its prompt: the first of them is the function's head.
  const call = text.lastIndexOf('\n\n', promptAt);
  const statementAt = text.indexOf('\n', call + 2) + 1;
  return { imports: {}, ...file, text, statement, statementAt, promptAt };
}

const typescriptType = (index: number): string => `export interface ${titled(pick(NOUNS, index))}${index} {
  readonly id: string;
  readonly title: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly tags: readonly string[];
  readonly parent?: ${titled(pick(NOUNS, index))}${index} | null;
}
`;

const typescriptHelper = (
  index: number,
): string => `/** Groups rows by their ${pick(NOUNS, index)}, the newest first. */
export function group${titled(pick(NOUNS, index))}${index}(rows: readonly { id: string; at: number; total: number }[], limit = ${index % 50}) {
  const groups = new Map<string, { id: string; at: number; total: number }[]>();
  for (const row of rows) {
    if (row.total < limit || row.id === '') continue;
    const known = groups.get(row.id);
    if (known) known.push(row);
    else groups.set(row.id, [row]);
  }
  return [...groups].map(([id, held]) => ({
    id,
    last: Math.max(...held.map(({ at }) => at)),
    total: held.reduce((sum, { total }) => sum + total, 0),
    label: \`\${id}: \${held.length} of \${rows.length}\`,
  }));
}
`;

const typescriptClass = (index: number): string => `export class ${titled(pick(NOUNS, index))}Store${index} {
  readonly #items = new Map<string, { title: string; count: number }>();

  constructor(private readonly folder: string) {}

  async load(name: string): Promise<number> {
    const text = await readFile(\`\${this.folder}/\${name}.json\`, 'utf8');
    for (const { id, title } of JSON.parse(text) as any[]) {
      const held = this.#items.get(id);
      this.#items.set(id, { title, count: (held?.count ?? 0) + 1 });
    }
    return this.#items.size;
  }

  titles(): readonly string[] {
    return [...this.#items.values()].map(({ title, count }) => (count > 1 ? \`\${title} (\${count})\` : title));
  }
}
`;

const typescriptCall = (
  index: number,
): string => `export async function ask${titled(pick(NOUNS, index))}${index}(text: string, history: { role: 'user' | 'assistant'; content: string }[]) {
  const answer = await client.chat.completions.create({
    model: '${pick(MODELS, index)}',
    temperature: 0.${index % 10},
    messages: [
      { role: 'system', content: SYSTEM },
      ...history,
      { role: 'user', content: \`${pick(TASKS, index)} this ${pick(NOUNS, index)}. ${TYPED} Number ${index}: \${text}\` },
    ],
  });
  const [choice] = answer.choices;
  if (!choice?.message.content) throw new Error('no answer for ${pick(NOUNS, index)} ${index}');
  return choice.message.content.trim();
}
`;

const typescriptFeature = (
  index: number,
): string => `export async function sort${titled(pick(NOUNS, index))}${index}(text: string, history: readonly string[]) {
  const before = history.slice(-5).join('\\n');
  const answer = await ask(
    \`\${SYSTEM} ${pick(TASKS, index)} this ${pick(NOUNS, index)}. ${TYPED} Number ${index}.\`,
    \`What was said before:\\n\${before}\\n\\n\${text}\`,
    ${100 + (index % 400)},
  );
  if (answer === '') throw new Error('no answer for ${pick(NOUNS, index)} ${index}');
  return answer.trim();
}
`;

const pythonClass = (index: number): string => `
@dataclass
class ${titled(pick(NOUNS, index))}${index}:
    """A ${pick(NOUNS, index)} as it is stored."""

    id: str
    title: str
    total: float = 0.0

    def label(self) -> str:
        return f"{self.title} ({self.total:.2f})" if self.total > ${index % 50} else self.title
`;

const pythonHelper = (index: number): string => `
def group_${pick(NOUNS, index)}_${index}(rows: list[dict], limit: int = ${index % 50}) -> dict[str, list[dict]]:
    """Groups rows by their ${pick(NOUNS, index)}, the newest first."""
    groups: dict[str, list[dict]] = {}
    for row in rows:
        if row["total"] < limit or not row["id"]:
            continue
        groups.setdefault(row["id"], []).append(row)
    for key, held in groups.items():
        held.sort(key=lambda row: row["at"], reverse=True)
    return {key: held for key, held in groups.items() if len(held) > 1}
`;

const pythonCall = (index: number): string => `
def ask_${pick(NOUNS, index)}_${index}(text: str, history: list[dict]) -> str:
    answer = client.chat.completions.create(
        model="${pick(MODELS, index)}",
        temperature=0.${index % 10},
        messages=[
            {"role": "system", "content": SYSTEM},
            *history,
            {"role": "user", "content": f"${pick(TASKS, index)} this ${pick(NOUNS, index)}. ${TYPED} Number ${index}: {text}"},
        ],
    )
    content = answer.choices[0].message.content
    if not content:
        raise ValueError("no answer for ${pick(NOUNS, index)} ${index}")
    return json.loads(content)["text"].strip()
`;

const pythonFeature = (index: number): string => `
def sort_${pick(NOUNS, index)}_${index}(text: str, history: list[str]) -> str:
    before = "\\n".join(history[-5:])
    answer = ask(
        f"{SYSTEM} ${pick(TASKS, index)} this ${pick(NOUNS, index)}. ${TYPED} Number ${index}.",
        f"What was said before:\\n{before}\\n\\n{text}",
        ${100 + (index % 400)},
    )
    if not answer:
        raise ValueError("no answer for ${pick(NOUNS, index)} ${index}")
    return json.loads(answer)["text"].strip()
`;
