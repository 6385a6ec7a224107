/**
 * The shape of an SDK's calls, as data. The evaluator turns code into trails of members and calls that start at a
 * package (`ExternalValue`); a descriptor is a small type system over those trails. A walk starts at an export, follows
 * methods from type to type and ends at a method that is a paid call. Adding an SDK is one descriptor file.
 */
import type { UnitSetting } from '@farthing/shared/units';
import type { ApiName, Family, ProviderName, SdkName } from '@farthing/shared/vocabulary';
import type { Literal } from '../edits/fix.ts';
import type { ModuleNode } from '../ir/nodes.ts';

/** The parts of a request that rules and estimates read. */
export type Role =
  | 'model'
  | 'outputLimit'
  | 'system'
  | 'messages'
  /** Text that is sent as it is: a prompt, or what is embedded, spoken or drawn. */
  | 'prompt'
  /** What fills a prompt template's holes (`chain.invoke({question})`). */
  | 'variables'
  | 'tools'
  /** Whether and which tool the model has to use. */
  | 'toolChoice'
  /** What switches on tools that run at the provider, outside the list of tools (`mcp_servers`, `web_search_options`). */
  | 'providerTools'
  /** What names context that the provider keeps and puts in front (`previous_response_id`, a stored prompt, a cache). */
  | 'context'
  | 'cache'
  | 'stream'
  /** What asks a stream for its usage (`stream_options.include_usage`). */
  | 'streamUsage'
  | 'reasoning'
  | 'tier'
  | 'timeout'
  | 'retries'
  | 'schema'
  | 'count'
  /** The size or resolution, the quality and the length of a picture or a video, on which its price depends. */
  | UnitSetting
  | 'seconds'
  /** Pictures that are sent to be changed. */
  | 'pictures'
  /** The limit on the requests that one call makes while it answers its own tool calls (`maxSteps`, `max_turns`). */
  | 'steps'
  /** A provider's name as the SDK spells it (`model_provider="anthropic"`). */
  | 'provider'
  | 'baseUrl'
  /** A router's list of models under names of its own, which requests ask for in place of a model (`model_list`). */
  | 'deployments'
  | 'url'
  | 'method'
  | 'body';

export type RolePaths = Partial<Readonly<Record<Role, readonly string[]>>>;

/** The way from a call's arguments to request fields, and the roles that fields play. */
export interface RequestShape {
  /**
   * Names of the positional parameters in order. `...` is an options object whose properties are the request's fields,
   * as in every TypeScript SDK; `name|...` is an options object if one is passed and the field `name` otherwise. Named
   * arguments (Python) are always fields. Missing means `['...']`.
   */
  readonly positional?: readonly string[];
  /**
   * For each role the dotted field paths to try in order (`config.maxOutputTokens`). The first that is present wins.
   * List every language's and version's spelling. Where a call lacks a role, the latest step before it on the trail
   * that has the role answers (a constructor, `getGenerativeModel(...)`, `bind(...)`).
   */
  readonly roles?: RolePaths;
  /** Fields that contain a JSON document as text or bytes: its keys are read as separate fields (Bedrock's `body`). */
  readonly json?: readonly string[];
}

/** The mark on text for the cache of a provider that caches only what is marked. */
export interface CacheMarker {
  readonly providers: readonly ProviderName[];
  /** What marked text is written as, with `SAME` in the place of the text. */
  readonly text: Literal;
  /** True if a field that may contain text otherwise contains a list of such blocks. */
  readonly isList: boolean;
  /** What is set in an existing block; null if markers are separate blocks. */
  readonly entry: { readonly path: readonly string[]; readonly value: Literal } | null;
  /** The block that is put after those it marks; null if markers are entries. */
  readonly item: Literal | null;
  /** What is set in a message, if a marker is on the message and not in its content. */
  readonly message?: { readonly path: readonly string[]; readonly value: Literal };
  /** What is set in the request to mark its end, and with it all that comes before, where these providers accept that. */
  readonly request?: {
    readonly providers: readonly ProviderName[];
    readonly path: readonly string[];
    readonly value: Literal;
  };
}

/** A method that is a paid call. */
export interface CallDescriptor extends RequestShape, Switching {
  readonly api: ApiName;
  readonly family: Family;
  /** Set if the method itself decides: `true` for one that always streams, `false` for one that never does. */
  readonly streaming?: boolean;
  /** Whether the API demands an output limit. The role's spellings say how a fix writes one. */
  readonly limit?: {
    readonly isRequired?: boolean;
    /**
     * The spelling for providers that do not accept `max_completion_tokens`, the role's first; null if unknown. Missing
     * if one spelling works for all.
     */
    readonly older?: string | null;
  };
  readonly markers?: readonly CacheMarker[];
  /** True if the answer always follows a schema, named or not. */
  readonly isStructured?: boolean;
  /** The tier at which the API sells whatever is asked. */
  readonly tier?: 'batch';
  /** The list in an embedding call's answer that has one item for each text (`data`). */
  readonly answers?: string;
  /**
   * True if the system prompt is a separate field and a list of messages cannot contain one (Anthropic, Gemini,
   * Converse): unknown messages then do not make it uncertain.
   */
  readonly isSystemSeparate?: boolean;
  /** True if a request has a prompt or messages, never both: options that are not known cannot add the other. */
  readonly isPromptExclusive?: boolean;
  /**
   * `always` if the method path alone identifies the SDK (`chat.completions.create`): it is then recognised on an
   * unresolved receiver if the arguments show one of `evidence`. `imported` if that also requires an import of the SDK
   * in the same file.
   */
  readonly distinctive?: 'always' | 'imported';
  /** Roles of which at least one must be present for a distinctive match on an unresolved receiver. */
  readonly evidence?: readonly Role[];
  /**
   * Words of which the unresolved receiver's own name must contain one (`llm`, `model`), for methods so common that
   * neither path nor arguments identify them (`invoke`).
   */
  readonly receivers?: readonly string[];
  /** Beginnings of models' names of which a distinctive match must have one, for a method that many objects have (`run`). */
  readonly modelNames?: readonly string[];
  /** True where what is sent as `prompt` is all that the model reads: no conversation is made of it. */
  readonly sendsPromptAsIs?: boolean;
  /**
   * True if the object remembers earlier turns, which are sent as well: the visible part of the prompt is a lower
   * bound.
   */
  readonly keepsContext?: boolean;
  /** True if the provider only keeps what it is sent, and the model writes nothing (`caches.create`). */
  readonly hasNoAnswer?: boolean;
  /** For an agent: its limit of steps where the code states none, if it has one, and how many of them make a request (1). */
  readonly steps?: { readonly byDefault?: number; readonly perRequest?: number; readonly isUnlimited?: boolean };
  /** What the constructor says of this call alone: an object with a model to write and one to embed (`embedder.model`). */
  readonly constructed?: Pick<StepDescriptor, 'roles' | 'defaultModel'>;
  /** Of a decorator: the function below it is asked, and says what is asked. */
  readonly decorates?: DecoratedFunction;
  /** Provider of this call, if it is not the client's. */
  readonly provider?: ProviderName;
  /** The role without which nothing is asked (`extract()` only reads the page). */
  readonly asksWith?: Role;
  /**
   * A plain HTTP request: it only counts if its URL is a provider's, and the URL then says what it asks for. `post` if
   * the function itself posts, `any` if an argument decides.
   */
  readonly http?: 'post' | 'any';
}

/** The roles that the parts of a decorated function play (`@ell.simple(model=...)` above a function that gives the prompt). */
export interface DecoratedFunction {
  /** What the function gives. */
  readonly returned?: Role;
  readonly docstring?: Role;
  /** By the last name of a decorator of the function: the role of its arguments, a template. */
  readonly templates?: Readonly<Record<string, Role>>;
}

/** By field: the provider that is paid if it is `true` (`vertexai`), or if it is one of these texts (`api_type`). */
export type Switches = Readonly<Record<string, ProviderName | Readonly<Record<string, ProviderName>>>>;

/** What may have another provider paid than its SDK's own. */
export interface Switching {
  /** Fields that say that another provider is paid. Where only the run knows, either may be. */
  readonly switches?: Switches;
}

/** The model that an SDK uses if the code names none. */
export interface DefaultModel {
  readonly name: string;
  /** The environment variable that the SDK reads first. */
  readonly variable?: string;
  /** Whose model it is, if the SDK itself is no provider's. */
  readonly provider?: ProviderName;
}

/**
 * Of a step that takes objects under names of the caller's own (`RunnableParallel(answer=chain)`), and of a role that all
 * fields without another role play together (`predict(question=q, context=c)`).
 */
export const EVERY_FIELD = '*';

/** A step on a trail: the call of an export or of a method. */
export interface StepDescriptor extends RequestShape, Switching {
  /**
   * The step is a paid call. Where it also gives an object, what is done with that is looked at by itself. What it
   * absorbs is known before it is paid for.
   */
  readonly call?: CallDescriptor;
  /**
   * Fields (or positional parameters) that hold other SDK objects whose roles and provider this one takes over:
   * `LLMChain(llm=...)`, `prompt.pipe(model)`, `instructor.from_openai(client)`. Later roles win. A list is taken over
   * item by item; `EVERY_FIELD` takes over whatever a map of steps runs.
   */
  readonly absorbs?: readonly string[];
  /** The fields among them that hold a prompt or a template: an unknown value there is the prompt, not a model. */
  readonly absorbsPrompts?: readonly string[];
  /** True if it takes over nothing from what is no model: that makes its own requests, or none. */
  readonly absorbsModelsOnly?: boolean;
  /** True if what it absorbs runs one after the other, and each model in it is asked (`prompt | model | prompt | model`). */
  readonly isSequence?: boolean;
  /** The step gives this positional argument unchanged (`wrapOpenAI(client)`, `observe(client)`). */
  readonly passes?: number;
  /** The step carries out the command object in its first argument (`client.send(new ConverseCommand(...))`). */
  readonly sendsCommand?: boolean;
  /** The step looks its first argument up in these fields of the constructor (`customProvider({languageModels})`). */
  readonly picks?: readonly string[];
  /** Where none of those has the name: the field with a provider, which is called with it. */
  readonly picksOtherwise?: string;
  /**
   * The field of the constructor that has a provider for each prefix of a model's name (`openai:gpt-4o`), and the method
   * that asks the provider for the rest.
   */
  readonly routes?: { readonly field: string; readonly method: string };
  readonly provider?: ProviderName;
  /** The step's texts are templates, whose holes are names in braces (`{question}`). */
  readonly isTemplate?: boolean;
  readonly defaultModel?: DefaultModel;
  /** Fields that only another provider's requests have (`project`): they count if no switch says otherwise. */
  readonly impliedBy?: Readonly<Record<string, ProviderName>>;
}

export interface MethodDescriptor extends StepDescriptor {
  /** The type that the method returns; `self` for fluent methods (`withOptions`, `bindTools`). */
  readonly returns?: string;
  /** The types that it returns for some texts as its first argument. */
  readonly returnsBy?: Readonly<Record<string, string>>;
  /** True if in a file that imports the SDK the method's name tells what it gives, whatever it is called on. */
  readonly tellsObject?: boolean;
  /** The method gives an object of another package, by module and export: an Azure project's `get_openai_client()`. */
  readonly gives?: readonly [module: string, name: string];
}

export interface ExportDescriptor extends StepDescriptor {
  /** The type of the export itself: for a module-level client or a function namespace. */
  readonly is?: string;
  /** With `is`: the model that the export names (`gemini20Flash`). */
  readonly modelName?: string;
  /** The type that calling or constructing the export gives. */
  readonly creates?: string;
  /** Other classes implement it. In the SDK's own code it stands for those, which are what asks. */
  readonly isInterface?: true;
  /** Calling it sets these roles for all objects of the module (`dspy.configure(lm=lm)`). */
  readonly settings?: RequestShape;
  /** The export is another package's (`OpenAIClient` of `@langchain/openai` is `OpenAI` of `openai`): module and name. */
  readonly sameAs?: readonly [module: string, name: string];
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
  /** True if an object of this type answers prompts by itself. */
  readonly isModel?: boolean;
  /** True for a substitute for a model, in tests or on the machine itself: running it costs nothing. */
  readonly isFake?: boolean;
  /**
   * True if an object of this type is composed of others: it only costs something if one of them is, or may be, a
   * model.
   */
  readonly isComposite?: boolean;
  /** True if an object of this type is a prompt: handed to a model, it stands for what it says. */
  readonly isPrompt?: boolean;
  /**
   * True if an object of this type makes requests of another kind than the chain that holds it (a retriever embeds):
   * the chain, and what the object itself gives of another type, takes over nothing of it.
   */
  readonly isApart?: boolean;
  /** An object of this type is a chat message with this role; its text plays the role `prompt`. */
  readonly message?: 'system' | 'user' | 'assistant' | 'tool' | 'placeholder';
}

/** A path of a provider's API that plain HTTP requests go to. */
export interface EndpointDescriptor {
  /** Matches the end of a URL's path; the group `model`, if there is one, is the model's name. */
  readonly path: RegExp;
  readonly family: Family;
  readonly roles: RolePaths;
  readonly limit?: CallDescriptor['limit'];
  readonly markers?: CallDescriptor['markers'];
  readonly isSystemSeparate?: boolean;
  readonly streaming?: boolean;
  /**
   * Whether a path like this at an unknown address is a call: always, never, or if the body has all of these roles.
   */
  readonly unknownHost: 'always' | 'never' | { readonly body: readonly Role[] };
  /** Whose format it is, who is paid at an unknown address. Missing for OpenAI's, which many services have. */
  readonly format?: ProviderName;
}

export interface SchemaHelpers {
  /** Functions that make a response format of the schema that is their first argument (`zodResponseFormat`). */
  readonly wrappers?: readonly string[];
  /** Functions that take a list of allowed answers in the field `options` (`Output.choice`). */
  readonly choices?: readonly string[];
  /** Classes whose subclasses are schemas made of their fields (`OpenAISchema`). */
  readonly bases?: readonly string[];
}

/** The fields of one of a router's deployments, as dotted paths. */
export interface DeploymentFields {
  /** The name that requests ask for. */
  readonly name: string;
  readonly model: string;
  /** An address of its own, if it has one. */
  readonly address: string;
}

export interface SdkDescriptor {
  readonly name: SdkName;
  /** The provider that is paid unless something else says otherwise. */
  readonly provider: ProviderName;
  /** How often its clients repeat a failed request where the code does not say; missing if they never do, or if unknown. */
  readonly retriesByDefault?: Readonly<Record<'typescript' | 'python', number>>;
  /** How long its requests may take where the code does not say; missing if unknown. */
  readonly timeoutByDefault?: {
    /** Null for no end. */
    readonly seconds: number | null;
    /** Where it is set: where the client is built, or in the call of an SDK without clients. */
    readonly at: 'client' | 'call';
  };
  /** Fields of the role `retries` whose number includes the first request (`maxAttempts`). */
  readonly countsFirstRequest?: readonly string[];
  /**
   * npm and Python module names (`openai`, `@google/genai`, `google.genai`). A name covers its submodules
   * (`openai/resources`, `openai.types`) and may end in `*` (`langchain_*`). `<global>` holds the language's own names.
   * Members of a Python package that are submodules join the name.
   */
  readonly modules: readonly string[];
  /**
   * The provider that is paid through some of the modules, if it is not the SDK's. Submodules belong to their package.
   */
  readonly moduleProviders?: Readonly<Record<string, ProviderName>>;
  /** Members of the module and of its clients that code may assign, and that then say who is paid (`openai.api_base`). */
  readonly settings?: { readonly roles: RolePaths } & Switching;
  /** Of an SDK with the role `deployments`. */
  readonly deployments?: DeploymentFields;
  /**
   * An export whose members hold the models of everything that is given none, by the kind of call (`Settings.llm` and
   * `Settings.embed_model`).
   */
  readonly shared?: {
    readonly object: string;
    readonly fields: Partial<Readonly<Record<Family, string>>>;
    /** What they hold before the code sets them, in the package of this language. */
    readonly byDefault?: {
      readonly language: ModuleNode['language'];
      readonly models: Partial<Readonly<Record<Family, Required<Pick<DefaultModel, 'name' | 'provider'>>>>>;
    };
  };
  /**
   * By the member of an object that decorates functions of the project: the role that these add to. `instructions()`
   * stands for what the functions give, `tool` for the functions themselves.
   */
  readonly decorators?: Readonly<Record<string, Role>>;
  /**
   * Methods that a class of the project must have to be a model itself (`_generate` of a `BaseChatModel`): the calls
   * inside it count, and calls of it do not.
   */
  readonly answeringMethods?: readonly string[];
  /** True if its sources are read where they are in the tree: the calls that it makes itself are what its own team sees. */
  readonly isReadInItsTree?: true;
  /**
   * Of a Python package whose name many projects have for a folder of their own (`agents`): a name that stands in the
   * package's `__init__.py`.
   */
  readonly mark?: string;
  /** Python modules whose last name is as often imported as a member of its package: `from google import genai`. */
  readonly members?: readonly string[];
  /** True for an HTTP client: nearly every application imports one, so only a provider's address indicates a call. */
  readonly isTransport?: boolean;
  /** Those of its modules that mostly serve other ends (`boto3`): that a project needs one does not say that it calls models. */
  readonly generalModules?: readonly string[];
  /** Set if only this language's packages have these names: a Python file's `import ai` is a different package. */
  readonly language?: ModuleNode['language'];
  /**
   * By exported name; a key may be a dotted path (`ChatCompletion.create`) and hold `*` (`Chat*`, `create_*_chain`);
   * an exact key wins over a pattern, a longer pattern over a shorter. The empty key is the module itself.
   */
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
  readonly types: Readonly<Record<string, TypeDescriptor>>;
  /** Prefixes of model names that determine who is paid if the provider is `any` (`anthropic/`, `claude-`). */
  readonly modelPrefixes?: Readonly<Record<string, ProviderName>>;
  /** Names of models that answer without a provider (`test`), or how they begin (`sentence-transformers:`). */
  readonly fakeModels?: readonly string[];
  /**
   * Regular expression sources of which a file must match one to be parsed, in addition to an import of a module:
   * method paths that are used on clients imported from elsewhere (`\.converse\(`).
   */
  readonly markers: readonly string[];
  /**
   * Words of which every text holds one that imports a module, or that has a method path of `markers`: words are found
   * much faster than patterns around them. A dot at the end matches one with white space around it.
   */
  readonly words?: { readonly imports: readonly string[]; readonly methods: readonly string[] };
  /** The SDK's helpers around schemas: they say in their own way what a schema library says. */
  readonly schemas?: SchemaHelpers;
  /**
   * Modules under `modules` that cannot be used to call a model: importing only these is not a reason to parse a file.
   */
  readonly idleModules?: readonly string[];
}
