/**
 * The names that SDKs and providers give to the parts of a request's content: the roles of messages, blocks, tools, schemas
 * and marks for a cache. Code hands messages from one SDK to another, so all of them are read wherever they occur. In a list
 * the first name that an object has counts.
 */
import type { ImageDetail } from '@farthing/shared/tokens/request';
import type { Fee, MediaKind } from '@farthing/shared/vocabulary';

/** Roles of messages that instruct the model. */
export const SYSTEM_ROLES = new Set(['system', 'developer']);
/** Roles of messages that are the model's own. */
export const MODEL_ROLES = new Set(['assistant', 'model', 'ai', 'CHATBOT']);
/** Roles of messages that are a tool's result. */
export const RESULT_ROLES = new Set(['tool', 'function']);
/** A message's class. */
export const MESSAGE_CLASS = /^(?:System|Developer|Human|User|AI|Assistant|Tool|Function|Chat)\w*Message\w*$/;
/** The role that the name of a message's class says; the first that fits counts. */
export const MESSAGE_CLASS_ROLES: readonly (readonly [RegExp, string])[] = [
  [/^System|Developer/, 'system'],
  [/^(?:Tool|Function)Message/, 'tool'],
  [/^(?:AI|Assistant|Tool|Function)/, 'assistant'],
];
/** Functions of packages that make a message, by name; the class that says the same. */
export const MESSAGE_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['system', 'SystemMessage'],
  ['developer', 'DeveloperMessage'],
  ['user', 'UserMessage'],
  ['assistant', 'AssistantMessage'],
]);
/** Roles in a pair of role and text, which LangChain takes for a message. */
export const PAIR_ROLES = new Set(['system', 'human', 'user', 'ai', 'assistant', 'developer', 'placeholder']);
/** The role in such a pair, and the class, that stand for messages which are put in later. */
export const PLACEHOLDER = /^(?:placeholder|MessagesPlaceholder)$/;
/** Fields of a message or a block that hold its text or its blocks. */
export const CONTENT_KEYS = [
  'content',
  'parts',
  'text',
  'message',
  'prompt',
  'template',
  'input_text',
  'page_content',
  'guardContent',
];
/** Fields by which an object is a block. */
export const BLOCK_KEYS = ['type', 'text', 'image', 'json', 'document'];

/** Types of blocks that are a call of a tool. */
export const CALL_TYPES = new Set(['tool_use', 'function_call', 'tool-call', 'tool_call', 'custom_tool_call']);
/** Fields that hold a call of their own. */
export const WRAPPED_CALLS = ['functionCall', 'function_call', 'toolUse'];
/** Fields of a message that hold its calls. */
export const CALL_LISTS = ['tool_calls', 'toolCalls'];
/** Fields with the name of the tool that is called. */
export const CALL_NAMES = ['name', 'toolName', 'tool_name'];
/** Fields with a call's arguments. */
export const CALL_INPUTS = ['arguments', 'input', 'args', 'parameters'];
/** Types of blocks that are a tool's result. */
export const RESULT_TYPES = new Set(['tool_result', 'function_call_output', 'tool-result', 'custom_tool_call_output']);
/** Fields that hold a result of their own. */
export const WRAPPED_RESULTS = ['functionResponse', 'function_response', 'toolResult'];
/** Fields with a result's content. */
export const RESULT_OUTPUTS = ['content', 'output', 'result', 'response', 'outputs'];

/** Blocks that only the provider can read or has put there itself: reasoning, its own tools and their results, summaries. */
export const HIDDEN_TYPE =
  /^(?:thinking|redacted_thinking|reasoning|compaction|item_reference|server_tool_use|mcp_.+|.+_call|.+_call_output|.+_tool_result|.+_search_output|container_upload|search_result)$/;
/** Fields of such blocks without a type. */
export const HIDDEN_KEYS = [
  'reasoningContent',
  'thoughtSignature',
  'thought_signature',
  'executableCode',
  'executable_code',
  'codeExecutionResult',
  'code_execution_result',
  'toolCall',
  'toolResponse',
];
/** Fields of a message that contain reasoning in addition to its text. */
export const REASONING_KEYS = ['reasoning_content', 'reasoning_details', 'reasoning', 'thinking', 'encrypted_content'];
/** Fields that say how much a model reasons. */
export const REASONING_EFFORTS = ['effort', 'reasoning_effort', 'reasoningEffort', 'thinkingLevel', 'thinking_level'];
/** Fields that limit the tokens of reasoning. */
export const REASONING_BUDGETS = ['thinkingBudget', 'thinking_budget', 'budget_tokens', 'budgetTokens', 'max_tokens'];
/** Values that switch reasoning off. */
export const NO_REASONING = /^(?:none|minimal|off|disabled)$/i;

/** Types of blocks that are an image. */
export const IMAGE_TYPES = new Set(['image', 'image_url', 'input_image']);
/** Fields of an image's block that hold the image. */
export const IMAGE_KEYS = ['image_url', 'image', 'source', 'data', 'url', 'imageUrl'];
/** Fields of an image that hold its address or its bytes. */
export const IMAGE_DATA_KEYS = ['url', 'data', 'bytes', 'image', 'source'];
/** How closely the model looks at an image. */
export const IMAGE_DETAILS: readonly ImageDetail[] = ['low', 'high', 'original', 'auto'];
/** Types of blocks that are another medium. */
export const MEDIA_TYPES: Readonly<Record<string, MediaKind>> = {
  input_audio: 'audio',
  audio: 'audio',
  audio_url: 'audio',
  video: 'video',
  video_url: 'video',
  input_video: 'video',
  file: 'file',
  input_file: 'file',
  document: 'file',
  document_url: 'file',
  document_url_chunk: 'file',
};
/** Fields that hold media under their own name. */
export const MEDIA_KEYS: readonly (readonly [string, MediaKind])[] = [
  ['image_url', 'image'],
  ['image', 'image'],
  ['input_audio', 'audio'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['document', 'file'],
  ['file', 'file'],
  ['fileData', 'file'],
  ['file_data', 'file'],
  ['inlineData', 'file'],
  ['inline_data', 'file'],
];
/** Classes of media. */
export const MEDIA_CLASSES: readonly (readonly [RegExp, MediaKind])[] = [
  [/^(?:Image|ImageUrl|ImageURL|ImageContent|ImageBlock|ImageFile)$/, 'image'],
  [/^(?:Audio|AudioUrl|AudioURL|AudioContent|AudioBlock|InputAudio)$/, 'audio'],
  [/^(?:Video|VideoUrl|VideoURL|VideoContent|VideoBlock)$/, 'video'],
  [/^(?:DocumentUrl|DocumentURL|DocumentBlock|FileUrl|FileContent|BinaryContent|PDFUrl|UploadedFile)$/, 'file'],
];
/** Fields of these classes that hold an image. */
export const MEDIA_CLASS_KEYS = ['url', 'data', 'image', 'content'];
/** Fields with a medium's type. */
export const MIME_KEYS = ['mimeType', 'mime_type', 'media_type', 'mediaType'];
/** Fields with the place or the bytes of a medium; a class takes them first, without a name. */
export const SOURCE_KEYS = ['fileUri', 'file_uri', 'uri', 'url', 'data', 'bytes', 'content'];
/** Fields by which a document is its text. */
export const TEXT_KEYS = ['text', 'page_content', 'pageContent', 'prompt', 'template'];

/** Fields with the schema of a tool's parameters. */
export const TOOL_PARAMETERS = [
  'parameters',
  'input_schema',
  'inputSchema',
  'parametersJsonSchema',
  'parameters_json_schema',
  'parameter_definitions',
  'parameterDefinitions',
  'schema',
  'args_schema',
];
/** What a definition is wrapped in. */
export const TOOL_WRAPPERS = ['function', 'toolSpec', 'tool_spec'];
/** Fields of a tool that hold a list of definitions. */
export const TOOL_LISTS = ['functionDeclarations', 'function_declarations', 'tools'];
/** Types under which a tool is defined by the caller. */
export const CALLER_TOOL_TYPES = new Set(['function', 'custom', 'object']);
/** How often the provider may use a tool. */
export const TOOL_USES = ['max_uses', 'maxUses'];
/** Fields of a choice of tools by which one must be used. */
export const FORCED_CHOICES = ['any', 'tool', 'function'];
/** Fields beside such a list that are a tool which runs at the provider (`googleSearch`). */
export const PROVIDER_TOOL_KEY = /search|execution|context/i;
/** The fees of tools that run at the provider, by what their names have in common. */
export const PROVIDER_TOOL_FEES: readonly (readonly [RegExp, readonly Fee[]])[] = [
  [/maps/i, ['maps']],
  [/web_?fetch|url_?context|browse/i, ['web-fetch']],
  [/file_?search|retrieval$/i, ['file-search']],
  [/image_?generation/i, ['image-generation']],
  [/code/i, ['code-execution']],
  [/computer/i, ['computer-use']],
  // Where a model has both, a grounded prompt is what is billed.
  [/search|ground|sonar|live/i, ['grounding', 'web-search']],
];
/** What an answer's schema is wrapped in. */
export const SCHEMA_WRAPPERS = ['json_schema', 'jsonSchema', 'format', 'textFormat', 'structure'];
/** Fields by which an object is a schema itself. */
export const SCHEMA_KEYS = ['properties', 'items', 'enum', 'anyOf', '$ref'];

/** Keys that mark a block for the provider's cache, in any SDK's spelling. */
export const CACHE_KEYS = new Set([
  'cache_control',
  'cacheControl',
  'cachePoint',
  'cache_point',
  'cachedContent',
  'cached_content',
  'prompt_cache_breakpoint',
]);
/** Fields in which a mark may be. */
export const CACHE_CONTAINERS = new Set(['providerOptions', 'additional_kwargs', 'anthropic', 'bedrock']);

/** Fields for messages that only take a list. */
export const LIST_FIELD = /(?:messages|history)$/;

/** What code calls a parameter that has a single text. */
export const TEXT_NAME =
  /^(?:q|\w*(?:query|question|prompt|text|message|msg|content|instruction|sentence|topic|task|document|article|transcript|utterance|user_?input))$/i;
