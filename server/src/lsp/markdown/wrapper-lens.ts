/** The line above a call by which a function of the project leads to a request: who calls that function, and for how much. */
import type { LlmCall } from '../../calls/call.ts';
import type { Origin } from '../../ir/origin.ts';
import type { AnalysedDocument, ServerContext } from '../context.ts';
import { callersWords } from './call-facts.ts';

export interface WrapperLens {
  readonly origin: Origin;
  readonly title: string;
  readonly calls: readonly LlmCall[];
}

/** `62 callers, $0.20 to $50.00 per 1,000 calls`. The request itself says it in its own lens. */
export function wrapperLenses(
  { path, workspace }: AnalysedDocument,
  { client: { language } }: Pick<ServerContext, 'client'>,
): readonly WrapperLens[] {
  const passed = workspace.known
    .calls()
    .flatMap((call) => call.via.slice(0, -1).flatMap(({ origin }) => (origin.path === path ? [{ call, origin }] : [])));
  return [...Map.groupBy(passed, ({ origin }) => origin.start).values()].flatMap((group): readonly WrapperLens[] => {
    const [first] = group;
    if (first === undefined) return [];
    const calls = group.map(({ call }) => call);
    return [{ origin: first.origin, title: callersWords(calls, language), calls }];
  });
}
