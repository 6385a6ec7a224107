/** Renders a value in one line, for tests and for looking at what the evaluator saw. */
import type { CallArguments, Value } from './values.ts';

export function printValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(
        value.segments.map((s) => (s.kind === 'literal' ? s.text : `{${printValue(s.value)}}`)).join(''),
      );
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'null':
      return 'null';
    case 'object': {
      const entries = [...value.entries].map(
        ([key, entry]) =>
          `${key}${entry.isCertain ? '' : '?'}${entry.isReplaceable ? '~' : ''}: ${printValue(entry.value)}`,
      );
      return `{${[...entries, ...value.open.map((item) => `...${printValue(item)}`)].join(', ')}}`;
    }
    case 'array':
      return `[${[...value.items.map(printValue), ...value.open.map((item) => `...${printValue(item)}`)].join(', ')}]`;
    case 'function':
      return `function ${value.node.name ?? ''}`.trim();
    case 'class':
      return `class ${value.node.name ?? ''}`.trim();
    case 'instance':
      return `instance ${value.class.node.name ?? ''}`.trim();
    case 'module':
      return `module ${value.path}`;
    case 'external':
      return (
        value.module +
        value.steps
          .map((step) =>
            step.kind === 'member' ? `.${step.name}` : `(${step.args ? printArguments(step.args) : '?'})`,
          )
          .join('')
      );
    case 'oneOf':
      return value.alternatives.map(printValue).join(' | ');
    case 'unknown':
      return `unknown ${value.reason}${value.hint ? ` = ${printValue(value.hint)}` : ''}`;
  }
}

function printArguments(args: CallArguments): string {
  const named = [...args.named].map(([key, entry]) => `${key}${entry.isCertain ? '' : '?'}=${printValue(entry.value)}`);
  return [...args.positional.map(printValue), ...named, ...args.open.map((item) => `...${printValue(item)}`)].join(
    ', ',
  );
}
