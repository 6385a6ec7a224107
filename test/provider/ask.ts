/** What a request asks for, whatever wire format it came in. */

/** One stretch of the prompt, in the order in which the provider's prompt cache sees it. */
export interface PromptPart {
  readonly role: string;
  /** Everything that counts: a text as it is, anything else (a tool, an image) as its JSON. */
  readonly text: string;
  /** Milliseconds for which the prefix that ends here is to be cached; undefined means no marker. */
  readonly cacheFor?: number | undefined;
}

export interface Ask {
  readonly model: string | null;
  readonly isStream: boolean;
  readonly prompt: readonly PromptPart[];
  /** `automatic` finds repeated prefixes by itself and honours markers as well; `marked` only honours markers. */
  readonly caching: 'automatic' | 'marked';
  /** Whether tokens written to the cache are told apart from plain input. */
  readonly isWriteBilled: boolean;
  readonly outputLimit: number | null;
  readonly choices: number;
  /** A JSON schema that the answer has to follow; `{}` for any JSON object, null for text. */
  readonly schema: unknown;
  /** A tool that has to be called, with the schema of its arguments. */
  readonly forcedTool: { readonly name: string; readonly schema: unknown } | null;
  /** What else makes the answer another one: sampling parameters and the like. */
  readonly steering: readonly unknown[];
  /** The id of the answer that this request continues: its prompt and answer are input again. */
  readonly continues: string | null;
}

/** Texts to embed: no text is generated, and nothing is cached. */
export function embeddingAsk(model: string | null, texts: readonly string[]): Ask {
  return {
    model,
    isStream: false,
    prompt: texts.map((text) => ({ role: 'input', text })),
    caching: 'marked',
    isWriteBilled: false,
    outputLimit: 0,
    choices: 0,
    schema: null,
    forcedTool: null,
    steering: [],
    continues: null,
  };
}

/** What every text of the prompt holds together: what a script's `text` is looked for in. */
export function promptText(ask: Ask): string {
  return ask.prompt.map(({ text }) => text).join('\n');
}

/** The names under which a tool may be declared differ; what has to be called is found the same way. */
export function forcedTool(
  tools: readonly { readonly name: string | null; readonly schema: unknown }[],
  name: string | null,
  isAny: boolean,
): Ask['forcedTool'] {
  const found = name !== null ? tools.find((tool) => tool.name === name) : isAny ? tools[0] : undefined;
  return found === undefined || found.name === null ? null : { name: found.name, schema: found.schema };
}
