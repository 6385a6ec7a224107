/**
 * What an SDK's calls look like, as data. The evaluator turns code into trails of members and calls that start at a
 * package (`ExternalValue`); a descriptor is a small type system over those trails. A walk starts at an export, follows
 * methods from type to type and ends at a method that is a paid call. Adding an SDK is one descriptor file.
 */
import type { ApiName, Family, ProviderName, SdkName } from '@farthing/shared/vocabulary';

/** The parts of a request that rules and estimates read. */
export type Role =
  | 'model'
  | 'outputLimit'
  | 'system'
  | 'messages'
  | 'prompt'
  | 'tools'
  | 'cache'
  | 'stream'
  | 'reasoning'
  | 'tier'
  | 'timeout'
  | 'retries'
  | 'schema'
  | 'count'
  | 'baseUrl'
  | 'url'
  | 'body';

/** How a call's arguments become request fields, and which fields play which role. */
export interface RequestShape {
  /**
   * Names of the positional parameters in order. `...` is an options object whose properties are the request's fields,
   * as every TypeScript SDK takes; named arguments (Python) are always fields. Missing means `['...']`.
   */
  readonly positional?: readonly string[];
  /**
   * For each role the dotted field paths to try in order (`config.maxOutputTokens`). The first that is present wins.
   * List every language's and version's spelling. Where a call lacks a role, the latest step before it on the trail
   * that has the role answers (a constructor, `getGenerativeModel(...)`, `bind(...)`).
   */
  readonly roles?: Partial<Readonly<Record<Role, readonly string[]>>>;
  /** Fields that hold a JSON document as text or bytes: its keys are read as fields of their own (Bedrock's `body`). */
  readonly json?: readonly string[];
}

/** A method that is a paid call. */
export interface CallDescriptor extends RequestShape {
  readonly api: ApiName;
  readonly family: Family;
  /** Set where the method itself decides: `true` for one that always streams, `false` for one that never does. */
  readonly streaming?: boolean;
  /** The parameter that limits the output, per field spelling the roles list; the first is what a fix would insert. */
  readonly limit?: { readonly isRequired: boolean };
  /**
   * True where the method path alone tells the SDK (`chat.completions.create`): it is then recognised on a receiver
   * that could not be resolved, if the arguments show one of `evidence`.
   */
  readonly isDistinctive?: boolean;
  /** Roles of which at least one must be present for a distinctive match on an unresolved receiver. */
  readonly evidence?: readonly Role[];
  /** Provider of this call, where it is not the client's. */
  readonly provider?: ProviderName;
}

export interface MethodDescriptor extends RequestShape {
  /** The method is a paid call. */
  readonly call?: CallDescriptor;
  /** The type that the method returns; `self` for fluent methods (`withOptions`, `bindTools`). */
  readonly returns?: string;
  /**
   * Fields (or positional parameters) that hold another SDK object whose roles, provider and type this one takes over:
   * `LLMChain(llm=...)`, `prompt.pipe(model)`, `instructor.from_openai(client)`. Later roles win.
   */
  readonly absorbs?: readonly string[];
  /** The method returns this positional argument unchanged (`wrapOpenAI(client)`, `traceable(fn)`). */
  readonly passes?: number;
  /** The method carries out the command object in its first argument (`client.send(new ConverseCommand(...))`). */
  readonly sendsCommand?: boolean;
  readonly provider?: ProviderName;
}

export interface TypeDescriptor {
  /** Member names that change nothing and are skipped wherever they stand (`with_raw_response`, `beta`, `aio`). */
  readonly transparent?: readonly string[];
  /** By dotted path of members up to the call: `chat.completions.create`. The empty path is calling the object itself. */
  readonly methods?: Readonly<Record<string, MethodDescriptor>>;
  /** Properties that hold an object of another type (`chain.llm`). */
  readonly members?: Readonly<Record<string, string>>;
  /** An object of this type is a command: what it costs when it is sent. */
  readonly command?: CallDescriptor;
  /** True where an object of this type answers prompts by itself: a chain is paid for only when it holds one. */
  readonly isModel?: boolean;
}

export interface ExportDescriptor extends RequestShape {
  /** The type of the export itself: for a module-level client or a function namespace. */
  readonly is?: string;
  /** The type that calling or constructing the export gives. */
  readonly creates?: string;
  /** The export is a function that is a paid call (`generateText`, `litellm.completion`). */
  readonly call?: CallDescriptor;
  readonly absorbs?: readonly string[];
  readonly passes?: number;
  readonly provider?: ProviderName;
}

export interface SdkDescriptor {
  readonly name: SdkName;
  /** The provider paid where nothing else says otherwise. */
  readonly provider: ProviderName;
  /**
   * npm and Python module names (`openai`, `@google/genai`, `google.genai`). A name covers its submodules
   * (`openai/resources`, `openai.types`). Members of a Python package that are submodules join the name.
   */
  readonly modules: readonly string[];
  /** By exported name; a key may be a dotted path (`ChatCompletion.create`), or end or begin with `*` (`Chat*`). The empty key is the module itself. */
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
  readonly types: Readonly<Record<string, TypeDescriptor>>;
  /**
   * Words of which a file must contain one to be parsed, besides the module names: method paths that are used on
   * clients imported from elsewhere (`.chat.completions.`, `.converse(`).
   */
  readonly markers: readonly string[];
}
