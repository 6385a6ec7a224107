/** A class that is sent as text: its docstring, and what its fields say of themselves (a signature of DSPy). */
import { segmentsOf, text } from '../../evaluate/lattice.ts';
import type { ClassValue, Segment } from '../../evaluate/values.ts';
import type { Expression, Field } from '../../ir/nodes.ts';

export function segmentsOfClass(value: ClassValue): readonly Segment[] {
  const { docstring, members } = value.node;
  const fields = members.filter((member) => member.kind === 'field').flatMap(describe);
  if (docstring === null && fields.length === 0) return segmentsOf(value, null);
  const { path } = value.frame.scope.module.loaded;
  const lines = [...(docstring === null ? [] : [docstring.value.trim()]), ...fields];
  const origin = docstring === null ? null : { path, start: docstring.start, end: docstring.end };
  return segmentsOf(text(lines.join('\n'), origin), origin);
}

/** `topic = InputField(desc="the topic of the page")`: the field's name and its texts. */
function describe({ name, value }: Field): readonly string[] {
  if (name === '') return [];
  const texts = value?.kind === 'call' ? value.arguments.flatMap((argument) => textOf(argument.value)) : [];
  return [[name, ...texts].join(': ')];
}

function textOf(expression: Expression): readonly string[] {
  return expression.kind === 'string' ? [expression.value] : [];
}
