/** Amazon Bedrock: the runtime's commands in TypeScript, boto3's clients in Python. */
import { SAME } from '../../edits/fix.ts';
import type { CallDescriptor, SdkDescriptor, TypeDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const CONVERSE: CallDescriptor = {
  api: 'converse',
  family: 'text',
  isSystemSeparate: true,
  markers: [
    {
      providers: ['aws-bedrock'],
      text: SAME,
      isList: true,
      entry: null,
      item: { cachePoint: { type: 'default' } },
    },
  ],
  roles: {
    model: ['modelId'],
    outputLimit: ['inferenceConfig.maxTokens'],
    system: ['system'],
    messages: ['messages'],
    tools: ['toolConfig.tools', 'toolConfig'],
    toolChoice: ['toolConfig.toolChoice'],
    reasoning: [
      'additionalModelRequestFields.thinking',
      'additionalModelRequestFields.reasoning_config',
      'additionalModelRequestFields.reasoningConfig',
    ],
    tier: ['serviceTier', 'performanceConfig'],
    schema: ['outputConfig'],
  },
  distinctive: 'always',
  evidence: ['model', 'messages'],
};
/** The body is in the model's own format: Anthropic's, Titan's, Llama's, Cohere's, Nova's. */
const INVOKE: CallDescriptor = {
  api: 'invoke_model',
  family: 'text',
  sendsPromptAsIs: true,
  json: ['body'],
  roles: {
    model: ['modelId'],
    outputLimit: [
      'max_tokens',
      'max_tokens_to_sample',
      'maxTokens',
      'max_gen_len',
      'maxTokenCount',
      'textGenerationConfig.maxTokenCount',
      'inferenceConfig.maxTokens',
      'inferenceConfig.max_new_tokens',
    ],
    system: ['system'],
    messages: ['messages'],
    prompt: ['prompt', 'inputText', 'texts', 'text_prompts', 'textToImageParams.text'],
    tools: ['tools', 'toolConfig.tools'],
    toolChoice: ['tool_choice', 'toolConfig.toolChoice'],
    cache: ['cache_control'],
    reasoning: ['thinking'],
    body: ['body'],
  },
  distinctive: 'always',
  evidence: ['model', 'body'],
};
/** A connection that stays open for speech. */
const SPEECH: CallDescriptor = { api: 'realtime', family: 'audio', roles: { model: ['modelId'] }, streaming: true };
/** Videos, and texts or pictures by the thousand: the answer is put into a bucket. */
const ASYNC: CallDescriptor = {
  ...INVOKE,
  family: 'image',
  json: ['modelInput'],
  roles: { ...INVOKE.roles, body: ['modelInput'] },
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  roles: {
    model: ['rerankingConfiguration.bedrockRerankingConfiguration.modelConfiguration.modelArn'],
    prompt: ['queries'],
    body: ['sources'],
  },
  streaming: false,
};
const RETRIEVE: CallDescriptor = {
  api: 'retrieve_and_generate',
  family: 'text',
  roles: {
    model: [
      'retrieveAndGenerateConfiguration.knowledgeBaseConfiguration.modelArn',
      'retrieveAndGenerateConfiguration.externalSourcesConfiguration.modelArn',
    ],
    prompt: ['input.text'],
    system: [
      'retrieveAndGenerateConfiguration.knowledgeBaseConfiguration.generationConfiguration.promptTemplate.textPromptTemplate',
    ],
    outputLimit: [
      'retrieveAndGenerateConfiguration.knowledgeBaseConfiguration.generationConfiguration.inferenceConfig.textInferenceConfig.maxTokens',
    ],
  },
  distinctive: 'always',
  evidence: ['prompt', 'model'],
};
const AGENT: CallDescriptor = {
  api: 'invoke_agent',
  family: 'agent',
  roles: { prompt: ['inputText'], model: ['foundationModel'], system: ['instruction'] },
  distinctive: 'imported',
  evidence: ['prompt'],
};
/** Its models are in the flow, which Bedrock keeps. */
const FLOW: CallDescriptor = { ...AGENT, roles: { prompt: ['inputs'] } };
const CLIENT_ROLES = {
  timeout: ['config.read_timeout'],
  // botocore's `max_attempts` leaves out the first request.
  retries: ['maxAttempts', 'config.retries.total_max_attempts', 'config.retries.max_attempts'],
};

function command(call: CallDescriptor): TypeDescriptor {
  return { command: call };
}

export const bedrock: SdkDescriptor = {
  name: 'bedrock',
  provider: 'aws-bedrock',
  retriesByDefault: { typescript: 2, python: 4 },
  countsFirstRequest: ['maxAttempts', 'config.retries.total_max_attempts'],
  modules: [
    '@aws-sdk/client-bedrock-runtime',
    '@aws-sdk/client-bedrock-agent-runtime',
    'boto3',
    'aioboto3',
    'aiobotocore',
    'botocore',
  ],
  generalModules: ['boto3', 'aioboto3', 'aiobotocore', 'botocore'],
  exports: {
    BedrockRuntimeClient: { creates: 'Client', roles: CLIENT_ROLES },
    BedrockRuntime: { creates: 'Client', roles: CLIENT_ROLES },
    BedrockAgentRuntimeClient: { creates: 'Client', roles: CLIENT_ROLES },
    BedrockAgentRuntime: { creates: 'Client', roles: CLIENT_ROLES },
    ConverseCommand: { creates: 'ConverseCommand', roles: CONVERSE.roles ?? {} },
    ConverseStreamCommand: { creates: 'ConverseStreamCommand', roles: CONVERSE.roles ?? {} },
    InvokeModelCommand: { creates: 'InvokeModelCommand', roles: INVOKE.roles ?? {}, json: ['body'] },
    InvokeModelWithResponseStreamCommand: {
      creates: 'InvokeModelStreamCommand',
      roles: INVOKE.roles ?? {},
      json: ['body'],
    },
    InvokeModelWithBidirectionalStreamCommand: { creates: 'SpeechCommand', roles: SPEECH.roles ?? {} },
    StartAsyncInvokeCommand: { creates: 'AsyncCommand', roles: ASYNC.roles ?? {}, json: ['modelInput'] },
    RerankCommand: { creates: 'RerankCommand', roles: RERANK.roles ?? {} },
    InvokeFlowCommand: { creates: 'FlowCommand', roles: FLOW.roles ?? {} },
    RetrieveAndGenerateCommand: { creates: 'RetrieveCommand', roles: RETRIEVE.roles ?? {} },
    RetrieveAndGenerateStreamCommand: { creates: 'RetrieveStreamCommand', roles: RETRIEVE.roles ?? {} },
    InvokeAgentCommand: { creates: 'AgentCommand', roles: AGENT.roles ?? {} },
    InvokeInlineAgentCommand: { creates: 'AgentCommand', roles: AGENT.roles ?? {} },
    client: { creates: 'Client', positional: ['service_name'], roles: CLIENT_ROLES },
    Session: { creates: 'Session' },
    get_session: { creates: 'Session' },
  },
  types: {
    Session: {
      methods: {
        client: { returns: 'Client', positional: ['service_name'], roles: CLIENT_ROLES },
        create_client: { returns: 'Client', positional: ['service_name'], roles: CLIENT_ROLES },
      },
    },
    /** One type for every AWS service: no other service has methods with these names. */
    Client: {
      methods: {
        send: { sendsCommand: true },
        converse: { call: whole(CONVERSE) },
        ...methods(streamed(CONVERSE), ['converse_stream', 'converseStream']),
        ...methods(whole(INVOKE), ['invoke_model', 'invokeModel']),
        ...methods(streamed(INVOKE), ['invoke_model_with_response_stream', 'invokeModelWithResponseStream']),
        ...methods(whole(RETRIEVE), ['retrieve_and_generate', 'retrieveAndGenerate']),
        ...methods(streamed(RETRIEVE), ['retrieve_and_generate_stream', 'retrieveAndGenerateStream']),
        ...methods(whole(ASYNC), ['start_async_invoke', 'startAsyncInvoke']),
        ...methods(RERANK, ['rerank']),
        ...methods(FLOW, ['invoke_flow', 'invokeFlow']),
        ...methods(AGENT, ['invoke_agent', 'invoke_inline_agent', 'invokeAgent', 'invokeInlineAgent']),
      },
    },
    ConverseCommand: command(whole(CONVERSE)),
    ConverseStreamCommand: command(streamed(CONVERSE)),
    InvokeModelCommand: command(whole(INVOKE)),
    InvokeModelStreamCommand: command(streamed(INVOKE)),
    RetrieveCommand: command(whole(RETRIEVE)),
    RetrieveStreamCommand: command(streamed(RETRIEVE)),
    AgentCommand: command(AGENT),
    SpeechCommand: command(SPEECH),
    AsyncCommand: command(whole(ASYNC)),
    RerankCommand: command(RERANK),
    FlowCommand: command(FLOW),
  },
  words: {
    imports: ['bedrock', 'boto'],
    methods: [
      'invokeModel',
      'invokeAgent',
      'invokeInline',
      'invoke_',
      'converse',
      'retrieve_and',
      'retrieveAnd',
      'bedrock',
    ],
  },
  markers: [
    '\\.converse(?:_stream|Stream)?\\(',
    '\\.invoke_?(?:[mM]odel|[aA]gent|[iI]nline_?[aA]gent)',
    '\\.retrieve_?[aA]nd_?[gG]enerate',
    '\\bbedrock(?:-agent)?-runtime\\b',
  ],
};
