/** JSON that goes into a prompt with line breaks and indentation. */
import type { Call, Expression } from '../../ir/nodes.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import type { CallCore } from '../call.ts';
import { calleeName } from '../repetition.ts';
import type { ParameterPlace } from './edit-targets.ts';
import { codeFact } from './fact.ts';
import { type PromptSources, promptSources } from './prompt-sources.ts';

export interface PaddedJson {
  /** The call that writes it. */
  readonly origin: Origin;
  /** The argument that asks for indentation, and the value that asks for none. */
  readonly place: ParameterPlace;
  readonly compact: number | null;
  /** True if the text is written in the call itself, so that nothing else reads it. */
  readonly isOnlyPrompt: boolean;
}

export const paddedJson = codeFact('paddedJson', (source): readonly PaddedJson[] => {
  const { call, referenced } = source;
  if (call.family !== 'text' || referenced !== null) return [];
  return [...promptSources(source)].flatMap((sources) => paddedIn(sources, call));
});

function paddedIn({ scope, expressions }: PromptSources, call: CallCore): readonly PaddedJson[] {
  const { path, text } = scope.module.loaded;
  return expressions.flatMap((node) => {
    const indentation = node.kind === 'call' ? indentationOf(node) : null;
    if (indentation === null || (node.kind === 'call' && isListOfTexts(node, text))) return [];
    const origin = { path, start: node.start, end: node.end };
    const { argument, compact } = indentation;
    const isOnlyPrompt = isInside(origin, call.origin);
    return [
      {
        origin,
        place: { target: { at: origin, position: null, path: [argument] }, after: null },
        compact,
        isOnlyPrompt,
      },
    ];
  });
}

/** The argument of `JSON.stringify(value, null, 2)` or `json.dumps(value, indent=2)`; null if neither indents. */
function indentationOf({
  callee,
  arguments: args,
}: Call): { argument: string | number; compact: number | null } | null {
  const name = calleeName(callee);
  if (name === 'stringify') {
    const [, replacer, space] = args;
    const isPlain = replacer?.value.kind === 'null' && space !== undefined && indents(space.value);
    return isPlain ? { argument: 2, compact: 0 } : null;
  }
  if (!/^(?:dumps|model_dump_json)$/.test(name)) return null;
  const indent = args.find((argument) => argument.name === 'indent');
  return indent !== undefined && indents(indent.value) ? { argument: 'indent', compact: null } : null;
}

/** True for a list that the module declares to be one of texts: a line each adds next to nothing. */
function isListOfTexts({ arguments: [first] }: Call, text: string): boolean {
  if (first?.value.kind !== 'name') return false;
  const { name } = first.value;
  return [...text.matchAll(LIST_OF_TEXTS)].some((declared) => declared[1] === name);
}

const LIST_OF_TEXTS = /([\w$]+)\??\s*:\s*(?:string\[\]|[Ll]ist\[str\])/g;

function indents(value: Expression): boolean {
  if (value.kind === 'number') return value.value > 0;
  return value.kind === 'string' && value.value !== '';
}
