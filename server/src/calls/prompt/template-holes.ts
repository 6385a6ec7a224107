/** Templates of frameworks: a name in braces is a hole, and as large as what fills it. */
import { OPAQUE, segmentsOf } from '../../evaluate/lattice.ts';
import type { Segment, Value } from '../../evaluate/values.ts';
import type { Prompt } from './parts.ts';

/** `{name}`, with or without a conversion or a format; a doubled brace is a literal one. */
const HOLE = /\{\{|\}\}|\{([A-Za-z_][\w.-]*)(?:![rsa])?(?::[^{}]*)?\}/g;

/** The prompt as it is sent: its templates filled with `variables`, as far as these are known. */
export function fillTemplates(prompt: Prompt, variables: Value | null): Prompt {
  const parts = prompt.parts.map((part) => ({
    ...part,
    segments: part.segments.flatMap((segment) => filled(segment, variables)),
  }));
  return { ...prompt, parts };
}

function filled(segment: Segment, variables: Value | null): readonly Segment[] {
  if (segment.kind === 'hole' || !/[{}]/.test(segment.text)) return [segment];
  const { text, origin } = segment;
  const result: Segment[] = [];
  let literal = '';
  let end = 0;
  const flush = () => {
    if (literal !== '') result.push({ kind: 'literal', text: literal, origin });
    literal = '';
  };
  for (const match of text.matchAll(HOLE)) {
    const [whole, name] = match;
    literal += text.slice(end, match.index);
    end = match.index + whole.length;
    if (name === undefined) literal += whole.charAt(0);
    else {
      flush();
      result.push(...segmentsOf(filling(name, variables), null));
    }
  }
  literal += text.slice(end);
  flush();
  return result;
}

function filling(name: string, variables: Value | null): Value {
  return (variables?.kind === 'object' ? variables.entries.get(name)?.value : null) ?? OPAQUE;
}
