/** One row for each paid call of each SDK: the trail, what is called there, and who is paid. */
import { describe, expect, it } from 'vitest';
import { createRegistry } from './registry.ts';
import { type Trail, trail, unknown } from './test-trail.ts';
import { createWalker } from './walk.ts';

const walker = createWalker(createRegistry());

/** `sdk api provider`, followed by `family` if it is not text and `streams` if the method always does. */
function shown(callTrail: Trail): string {
  const walked = walker.walk(callTrail.value);
  if (walked?.kind !== 'call') return walked?.kind ?? 'null';
  const { sdk, call, provider } = walked;
  const parts: string[] = [sdk.name, call.api, provider];
  if (call.family !== 'text') parts.push(call.family);
  if (call.streaming === true) parts.push('streams');
  return parts.join(' ');
}

type Row = readonly [callTrail: Trail, expected: string];
const REQUEST = { model: 'm', messages: [] };

const openai = trail('openai').member('OpenAI').make({});
const pythonOpenai = trail('openai').member('AsyncOpenAI').named({});
const anthropic = trail('@anthropic-ai/sdk').member('default').make({});
const genai = trail('@google/genai').member('GoogleGenAI').make({ apiKey: 'k' });
const pythonGenai = trail('google').member('genai.Client').named({});
const bedrock = trail('boto3').member('client').call('bedrock-runtime');
const mistral = trail('@mistralai/mistralai').member('Mistral').make({});
const cohere = trail('cohere').member('ClientV2').call();
const litellm = trail('litellm');
const instructor = trail('instructor').member('from_openai').call(pythonOpenai);
const chatOpenai = trail('@langchain/openai').member('ChatOpenAI').make({ model: 'gpt-4o' });
const pythonChat = trail('langchain_anthropic').member('ChatAnthropic').named({ model: 'c' });
const prompt = trail('@langchain/core/prompts').member('ChatPromptTemplate.fromMessages').call([]);
const gpt = trail('@ai-sdk/openai').member('openai').call('gpt-4o');
const prose = { model: gpt, prompt: 'hello' };

const vertexModel = trail('vertexai.generative_models').member('GenerativeModel').call('gemini-3.8-flash');

const SURFACES: Readonly<Record<string, readonly Row[]>> = {
  'Vertex AI, by every way to it': [
    [vertexModel.member('generate_content').call('hi'), 'google-generativeai generate_content google-vertex'],
    [
      vertexModel.member('start_chat').call().member('send_message').call('hi'),
      'google-generativeai generate_content google-vertex',
    ],
    [
      trail('vertexai')
        .member('language_models.TextGenerationModel.from_pretrained')
        .call('text-bison')
        .member('predict')
        .call('hi'),
      'google-generativeai generate_content google-vertex',
    ],
    [
      trail('vertexai.preview.vision_models')
        .member('ImageGenerationModel.from_pretrained')
        .call('imagen')
        .member('generate_images')
        .call('a cat'),
      'google-generativeai images google-vertex image',
    ],
    [
      trail('@google-cloud/vertexai')
        .member('VertexAI')
        .make({})
        .member('preview.getGenerativeModel')
        .call({ model: 'm' })
        .member('startChat')
        .call({})
        .member('sendMessage')
        .call('hi'),
      'google-generativeai generate_content google-vertex',
    ],
    [
      trail('@google/genai').member('GoogleGenAI').make({ vertexai: true }).member('models.generateContent').call({}),
      'google-genai generate_content google-vertex',
    ],
    [
      trail('anthropic').member('AsyncAnthropicVertex').call().member('messages.create').named({}),
      'anthropic messages google-vertex',
    ],
    [
      trail('langchain_google_vertexai').member('ChatVertexAI').named({ model: 'm' }).member('invoke').call('hi'),
      'langchain invoke google-vertex',
    ],
    [
      trail('langchain_google_vertexai.model_garden')
        .member('ChatAnthropicVertex')
        .named({ model: 'm' })
        .member('invoke')
        .call('hi'),
      'langchain invoke google-vertex',
    ],
    [
      trail('ai')
        .member('generateText')
        .call({ model: trail('@ai-sdk/google-vertex').member('vertex').call('gemini-3.8-flash'), prompt: 'hi' }),
      'ai-sdk generateText google-vertex',
    ],
  ],
  'openai, TypeScript': [
    [openai.member('chat.completions.create').call(REQUEST), 'openai chat.completions openai'],
    [openai.member('chat.completions.parse').call(REQUEST), 'openai chat.completions openai'],
    [openai.member('chat.completions.stream').call(REQUEST), 'openai chat.completions openai streams'],
    [openai.member('chat.completions.runTools').call(REQUEST), 'openai chat.completions openai'],
    [openai.member('beta.chat.completions.parse').call(REQUEST), 'openai chat.completions openai'],
    [openai.member('beta.chat.completions.stream').call(REQUEST), 'openai chat.completions openai streams'],
    [openai.member('responses.create').call({ model: 'm', input: 'i' }), 'openai responses openai'],
    [openai.member('responses.stream').call({}), 'openai responses openai streams'],
    [openai.member('responses.compact').call({}), 'openai responses openai'],
    [openai.member('beta.responses.create').call({}), 'openai responses openai'],
    [openai.member('completions.create').call({}), 'openai completions openai'],
    [openai.member('embeddings.create').call({}), 'openai embeddings openai embedding'],
    [openai.member('images.generate').call({}), 'openai images openai image'],
    [openai.member('images.edit').call({}), 'openai images openai image'],
    [openai.member('images.createVariation').call({}), 'openai images openai image'],
    [openai.member('videos.create').call({}), 'openai videos openai image'],
    [openai.member('audio.speech.create').call({}), 'openai audio.speech openai audio'],
    [openai.member('audio.transcriptions.create').call({}), 'openai audio.transcriptions openai audio'],
    [openai.member('audio.translations.create').call({}), 'openai audio.translations openai audio'],
    [openai.member('moderations.create').call({}), 'openai moderations openai moderation'],
    [openai.member('batches.create').call({}), 'openai batches openai'],
    [openai.member('beta.threads.runs.create').call('t', {}), 'openai runs openai'],
    [openai.member('beta.threads.runs.stream').call('t', {}), 'openai runs openai streams'],
    [openai.member('beta.threads.createAndRunPoll').call({}), 'openai runs openai'],
    [openai.member('withOptions').call({}).member('responses.create').call({}), 'openai responses openai'],
    [
      trail('openai').member('default').make().member('chat.completions.create').call({}),
      'openai chat.completions openai',
    ],
    [trail('openai').make().member('chat.completions.create').call({}), 'openai chat.completions openai'],
    [trail('openai').member('default.OpenAI').make().member('responses.create').call({}), 'openai responses openai'],
    [
      trail('openai').member('AzureOpenAI').make().member('chat.completions.create').call({}),
      'openai chat.completions azure',
    ],
    [
      trail('openai').member('OpenAI').annotated().member('chat.completions.create').call({}),
      'openai chat.completions openai',
    ],
    [
      trail('openai')
        .member('OpenAIApi')
        .make(trail('openai').member('Configuration').make({}))
        .member('createChatCompletion')
        .call({}),
      'openai ChatCompletion openai',
    ],
    [
      trail('@azure/openai').member('OpenAIClient').make('e', 'k').member('getChatCompletions').call('d', []),
      'openai chat.completions azure',
    ],
    [
      trail('langsmith/wrappers').member('wrapOpenAI').call(openai).member('chat.completions.create').call({}),
      'openai chat.completions openai',
    ],
    [
      trail('langfuse').member('observeOpenAI').call(openai).member('responses.create').call({}),
      'openai responses openai',
    ],
  ],
  'openai, Python': [
    [pythonOpenai.member('chat.completions.create').named(REQUEST), 'openai chat.completions openai'],
    [pythonOpenai.member('chat.completions.with_raw_response.create').named({}), 'openai chat.completions openai'],
    [pythonOpenai.member('with_streaming_response.responses.create').named({}), 'openai responses openai'],
    [pythonOpenai.member('images.create_variation').named({}), 'openai images openai image'],
    [pythonOpenai.member('beta.threads.runs.create_and_poll').named({}), 'openai runs openai'],
    [trail('openai').member('chat.completions.create').named({}), 'openai chat.completions openai'],
    [trail('openai').member('ChatCompletion.create').named({}), 'openai ChatCompletion openai'],
    [trail('openai').member('ChatCompletion.acreate').named({}), 'openai ChatCompletion openai'],
    [trail('openai').member('Completion.create').named({}), 'openai Completion openai'],
    [trail('openai').member('Embedding.create').named({}), 'openai embeddings openai embedding'],
    [trail('openai').member('Image.create').named({}), 'openai images openai image'],
    [trail('openai').member('Audio.transcribe').call('whisper-1'), 'openai audio.transcriptions openai audio'],
    [
      trail('openai').member('lib.azure.AsyncAzureOpenAI').named({}).member('chat.completions.create').named({}),
      'openai chat.completions azure',
    ],
    [
      trail('openai.lib.azure').member('AzureOpenAI').named({}).member('embeddings.create').named({}),
      'openai embeddings azure embedding',
    ],
    [trail('langfuse.openai').member('openai.chat.completions.create').named({}), 'openai chat.completions openai'],
    [
      trail('langfuse.openai').member('OpenAI').named({}).member('chat.completions.create').named({}),
      'openai chat.completions openai',
    ],
  ],
  anthropic: [
    [anthropic.member('messages.create').call(REQUEST), 'anthropic messages anthropic'],
    [anthropic.member('messages.stream').call(REQUEST), 'anthropic messages anthropic streams'],
    [anthropic.member('messages.parse').call(REQUEST), 'anthropic messages anthropic'],
    [anthropic.member('beta.messages.create').call(REQUEST), 'anthropic messages anthropic'],
    [anthropic.member('beta.messages.toolRunner').call(REQUEST), 'anthropic messages anthropic'],
    [anthropic.member('messages.batches.create').call({}), 'anthropic batches anthropic'],
    [anthropic.member('completions.create').call({}), 'anthropic completions anthropic'],
    [
      trail('anthropic').member('AsyncAnthropic').call().member('messages.create').named({}),
      'anthropic messages anthropic',
    ],
    [
      trail('anthropic').member('AnthropicBedrock').call().member('messages.create').named({}),
      'anthropic messages aws-bedrock',
    ],
    [
      trail('@anthropic-ai/vertex-sdk').member('AnthropicVertex').make().member('messages.create').call({}),
      'anthropic messages google-vertex',
    ],
    [
      trail('@anthropic-ai/sdk').member('Anthropic').make().member('messages.create').call({}),
      'anthropic messages anthropic',
    ],
  ],
  'google-genai': [
    [genai.member('models.generateContent').call({}), 'google-genai generate_content google'],
    [genai.member('models.generateContentStream').call({}), 'google-genai generate_content google streams'],
    [genai.member('models.embedContent').call({}), 'google-genai embed google embedding'],
    [genai.member('models.generateImages').call({}), 'google-genai images google image'],
    [genai.member('models.generateVideos').call({}), 'google-genai videos google image'],
    [
      genai.member('chats.create').call({ model: 'm' }).member('sendMessage').call({ message: 'hi' }),
      'google-genai generate_content google',
    ],
    [
      genai.member('chats.create').call({}).member('sendMessageStream').call({}),
      'google-genai generate_content google streams',
    ],
    [genai.member('caches.create').call({}), 'google-genai caches google'],
    [genai.member('batches.create').call({}), 'google-genai batches google'],
    [genai.member('interactions.create').call({}), 'google-genai interactions google'],
    [pythonGenai.member('models.generate_content').named({}), 'google-genai generate_content google'],
    [
      pythonGenai.member('aio.models.generate_content_stream').named({}),
      'google-genai generate_content google streams',
    ],
    [
      trail('google.genai').member('Client').call().member('models.embed_content').named({}),
      'google-genai embed google embedding',
    ],
    [
      pythonGenai.member('aio.chats.create').named({}).member('send_message').call('hi'),
      'google-genai generate_content google',
    ],
  ],
  'google-generativeai': [
    [
      trail('@google/generative-ai')
        .member('GoogleGenerativeAI')
        .make('k')
        .member('getGenerativeModel')
        .call({ model: 'm' })
        .member('generateContent')
        .call('hi'),
      'google-generativeai generate_content google',
    ],
    [
      trail('@google/generative-ai')
        .member('GoogleGenerativeAI')
        .make('k')
        .member('getGenerativeModel')
        .call({})
        .member('startChat')
        .call({})
        .member('sendMessageStream')
        .call('hi'),
      'google-generativeai generate_content google streams',
    ],
    [
      trail('google').member('generativeai.GenerativeModel').call('m').member('generate_content').call('hi'),
      'google-generativeai generate_content google',
    ],
    [
      trail('google.generativeai')
        .member('GenerativeModel')
        .call('m')
        .member('start_chat')
        .call()
        .member('send_message_async')
        .call('hi'),
      'google-generativeai generate_content google',
    ],
    [
      trail('google.generativeai').member('embed_content').named({ model: 'm', content: 'c' }),
      'google-generativeai embed google embedding',
    ],
  ],
  'ai-sdk': [
    [trail('ai').member('generateText').call(prose), 'ai-sdk generateText openai'],
    [trail('ai').member('streamText').call(prose), 'ai-sdk streamText openai streams'],
    [trail('ai').member('generateObject').call(prose), 'ai-sdk generateObject openai'],
    [trail('ai').member('streamObject').call(prose), 'ai-sdk streamObject openai streams'],
    [
      trail('ai')
        .member('embed')
        .call({ model: trail('@ai-sdk/openai').member('openai.embedding').call('e'), value: 'v' }),
      'ai-sdk embed openai embedding',
    ],
    [trail('ai').member('embedMany').call({ model: unknown() }), 'ai-sdk embedMany any embedding'],
    [
      trail('ai')
        .member('rerank')
        .call({ model: trail('@ai-sdk/cohere').member('cohere.reranking').call('r') }),
      'ai-sdk rerank cohere rerank',
    ],
    [trail('ai').member('experimental_generateImage').call({}), 'ai-sdk images any image'],
    [trail('ai').member('experimental_transcribe').call({}), 'ai-sdk audio.transcriptions any audio'],
    [trail('ai').member('ToolLoopAgent').make({ model: gpt }).member('generate').call({}), 'ai-sdk agent openai agent'],
    [
      trail('ai').member('Experimental_Agent').make({ model: gpt }).member('stream').call({}),
      'ai-sdk agent openai agent streams',
    ],
  ],
  langchain: [
    [chatOpenai.member('invoke').call('hi'), 'langchain invoke openai'],
    [chatOpenai.member('stream').call('hi'), 'langchain invoke openai streams'],
    [chatOpenai.member('batch').call(['hi']), 'langchain invoke openai'],
    [chatOpenai.member('withStructuredOutput').call({}).member('invoke').call('hi'), 'langchain invoke openai'],
    [chatOpenai.member('bindTools').call([]).member('invoke').call('hi'), 'langchain invoke openai'],
    [pythonChat.member('ainvoke').call('hi'), 'langchain invoke anthropic'],
    [pythonChat.member('astream').call('hi'), 'langchain invoke anthropic streams'],
    [pythonChat.member('with_structured_output').call({}).member('abatch').call([]), 'langchain invoke anthropic'],
    [pythonChat.member('predict').call('hi'), 'langchain invoke anthropic'],
    [pythonChat.call('hi'), 'langchain invoke anthropic'],
    [trail('langchain').member('chat_models.ChatOpenAI').call().member('invoke').call('hi'), 'langchain invoke openai'],
    [
      trail('langchain_google_genai')
        .member('ChatGoogleGenerativeAI')
        .named({ model: 'm', vertexai: true })
        .member('invoke')
        .call('hi'),
      'langchain invoke google-vertex',
    ],
    [
      trail('langchain_google_genai')
        .member('ChatGoogleGenerativeAI')
        .named({ model: 'm' })
        .member('invoke')
        .call('hi'),
      'langchain invoke google',
    ],
    [trail('@langchain/xai').member('ChatXAIResponses').make({}).member('invoke').call('hi'), 'langchain invoke xai'],
    [
      trail('langchain_community.embeddings').member('DashScopeEmbeddings').call().member('embed_query').call('hi'),
      'langchain embeddings alibaba embedding',
    ],
    [
      trail('langchain_community.embeddings').member('OpenVINOEmbeddings').call().member('embed_query').call('hi'),
      'null',
    ],
    [
      trail('langchain.chat_models').member('init_chat_model').call('claude-x').member('invoke').call('hi'),
      'langchain invoke anthropic',
    ],
    [
      trail('langchain.chat_models').member('init_chat_model').call('mine').member('invoke').call('hi'),
      'langchain invoke any',
    ],
    [
      trail('langchain.chat_models')
        .member('init_chat_model')
        .named({ model: 'gpt-4o', model_provider: unknown() })
        .member('invoke')
        .call('hi'),
      'langchain invoke any',
    ],
    [
      trail('langchain.chat_models').member('init_chat_model').call('openai:gpt-4o').member('invoke').call('hi'),
      'langchain invoke openai',
    ],
    [
      trail('langchain/chat_models/universal')
        .member('initChatModel')
        .call('m', { modelProvider: 'anthropic' })
        .member('invoke')
        .call('hi'),
      'langchain invoke anthropic',
    ],
    [prompt.member('pipe').call(chatOpenai).member('invoke').call({}), 'langchain invoke openai'],
    [prompt.member('pipe').call(unknown()).member('invoke').call({}), 'langchain invoke any'],
    [
      trail('@langchain/core/runnables')
        .member('RunnableSequence.from')
        .call([prompt, chatOpenai])
        .member('stream')
        .call({}),
      'langchain invoke openai streams',
    ],
    [
      trail('langchain/chains').member('LLMChain').make({ llm: chatOpenai, prompt }).member('call').call({}),
      'langchain invoke openai',
    ],
    [
      trail('langchain.chains').member('LLMChain').named({ llm: unknown(), prompt }).member('arun').call('x'),
      'langchain invoke any',
    ],
    [
      trail('langchain.chains')
        .member('ConversationChain')
        .named({ llm: pythonChat })
        .member('predict')
        .named({ input: 'x' }),
      'langchain invoke anthropic',
    ],
    [
      trail('langchain.chains')
        .member('RetrievalQA.from_chain_type')
        .named({ llm: pythonChat })
        .member('run')
        .call('x'),
      'langchain invoke anthropic',
    ],
    [
      trail('langchain.chains')
        .member('create_retrieval_chain')
        .call(
          unknown(),
          trail('langchain.chains.combine_documents').member('create_stuff_documents_chain').call(pythonChat, prompt),
        )
        .member('invoke')
        .call({}),
      'langchain invoke anthropic',
    ],
    [
      trail('langchain/agents').member('createAgent').call({ model: chatOpenai, tools: [] }).member('invoke').call({}),
      'langchain agent openai agent',
    ],
    [
      trail('langchain.agents')
        .member('AgentExecutor')
        .named({
          agent: trail('langchain.agents').member('create_openai_functions_agent').call(pythonChat, [], prompt),
        })
        .member('invoke')
        .call({}),
      'langchain agent anthropic agent',
    ],
    [
      trail('langgraph.prebuilt').member('create_react_agent').call(pythonChat, []).member('astream').call({}),
      'langchain agent anthropic agent streams',
    ],
    [
      trail('langchain.agents').member('create_agent').call('openai:gpt-5', []).member('invoke').call({}),
      'langchain agent openai agent',
    ],
    [
      trail('@langchain/openai').member('OpenAIEmbeddings').make().member('embedQuery').call('q'),
      'langchain embeddings openai embedding',
    ],
    [
      trail('langchain_cohere').member('CohereEmbeddings').call().member('aembed_documents').call([]),
      'langchain embeddings cohere embedding',
    ],
    [
      trail('@langchain/core/language_models/chat_models')
        .member('BaseChatModel')
        .annotated()
        .member('invoke')
        .call([]),
      'langchain invoke any',
    ],
  ],
  'a client that LangChain re-exports': [
    [
      trail('@langchain/openai').member('OpenAIClient').make({}).member('audio.transcriptions.create').call({}),
      'openai audio.transcriptions openai audio',
    ],
  ],
  bedrock: [
    [bedrock.member('converse').named({}), 'bedrock converse aws-bedrock'],
    [bedrock.member('converse_stream').named({}), 'bedrock converse aws-bedrock streams'],
    [bedrock.member('invoke_model').named({}), 'bedrock invoke_model aws-bedrock'],
    [bedrock.member('invoke_model_with_response_stream').named({}), 'bedrock invoke_model aws-bedrock streams'],
    [
      trail('boto3').member('Session').call().member('client').call('bedrock-runtime').member('converse').named({}),
      'bedrock converse aws-bedrock',
    ],
    [
      trail('boto3')
        .member('session.Session')
        .call()
        .member('client')
        .call('x')
        .member('retrieve_and_generate')
        .named({}),
      'bedrock retrieve_and_generate aws-bedrock',
    ],
    [
      trail('boto3').member('client').call('bedrock-agent-runtime').member('invoke_agent').named({}),
      'bedrock invoke_agent aws-bedrock agent',
    ],
    [
      trail('@aws-sdk/client-bedrock-runtime')
        .member('BedrockRuntimeClient')
        .make({})
        .member('send')
        .call(trail('@aws-sdk/client-bedrock-runtime').member('ConverseCommand').make({ modelId: 'm' })),
      'bedrock converse aws-bedrock',
    ],
    [
      trail('@aws-sdk/client-bedrock-runtime')
        .member('BedrockRuntimeClient')
        .make({})
        .member('send')
        .call(trail('@aws-sdk/client-bedrock-runtime').member('InvokeModelWithResponseStreamCommand').make({})),
      'bedrock invoke_model aws-bedrock streams',
    ],
  ],
  mistral: [
    [mistral.member('chat.complete').call({}), 'mistral chat mistral'],
    [mistral.member('chat.stream').call({}), 'mistral chat mistral streams'],
    [mistral.member('agents.complete').call({}), 'mistral chat mistral'],
    [mistral.member('fim.complete').call({}), 'mistral chat mistral'],
    [mistral.member('embeddings.create').call({}), 'mistral embeddings mistral embedding'],
    [trail('mistralai').member('Mistral').call().member('chat.complete_async').named({}), 'mistral chat mistral'],
    [trail('mistralai.client').member('MistralClient').call().member('chat').named({}), 'mistral chat mistral'],
    [
      trail('mistralai.client').member('MistralClient').call().member('chat_stream').named({}),
      'mistral chat mistral streams',
    ],
  ],
  cohere: [
    [cohere.member('chat').named({}), 'cohere chat cohere'],
    [cohere.member('chat_stream').named({}), 'cohere chat cohere streams'],
    [cohere.member('embed').named({}), 'cohere embed cohere embedding'],
    [cohere.member('rerank').named({}), 'cohere rerank cohere rerank'],
    [trail('cohere').member('Client').call('k').member('generate').named({}), 'cohere generate cohere'],
    [trail('cohere').member('Client').call('k').member('classify').named({}), 'cohere classify cohere'],
    [trail('cohere-ai').member('CohereClient').make({}).member('v2.chatStream').call({}), 'cohere chat cohere streams'],
  ],
  'groq and together': [
    [
      trail('groq-sdk').member('default').make().member('chat.completions.create').call({}),
      'groq chat.completions groq',
    ],
    [
      trail('groq').member('AsyncGroq').call().member('audio.transcriptions.create').named({}),
      'groq audio.transcriptions groq audio',
    ],
    [
      trail('together-ai').member('default').make().member('chat.completions.stream').call({}),
      'together chat.completions together streams',
    ],
    [
      trail('together').member('Together').call().member('embeddings.create').named({}),
      'together embeddings together embedding',
    ],
    [trail('together').member('Complete.create').named({}), 'together completions together'],
  ],
  ollama: [
    [trail('ollama').member('default.chat').call({}), 'ollama chat ollama'],
    [trail('ollama').member('Ollama').make({}).member('generate').call({}), 'ollama generate ollama'],
    [trail('ollama').member('chat').named({}), 'ollama chat ollama'],
    [trail('ollama').member('AsyncClient').call().member('embed').named({}), 'ollama embed ollama embedding'],
    [trail('ollama').member('embeddings').named({}), 'ollama embeddings ollama embedding'],
  ],
  litellm: [
    [litellm.member('completion').named({ model: 'gpt-4o' }), 'litellm completion openai'],
    [litellm.member('acompletion').named({ model: 'claude-3-5-sonnet-20240620' }), 'litellm completion anthropic'],
    [litellm.member('completion').named({ model: 'gemini/gemini-2.5-pro' }), 'litellm completion google'],
    [litellm.member('completion').named({ model: unknown() }), 'litellm completion any'],
    [litellm.member('embedding').named({ model: 'm' }), 'litellm embeddings any embedding'],
    [litellm.member('image_generation').named({}), 'litellm images any image'],
    [litellm.member('transcription').named({}), 'litellm audio.transcriptions any audio'],
    [litellm.member('Router').named({}).member('acompletion').named({}), 'litellm completion any'],
  ],
  instructor: [
    [instructor.member('chat.completions.create').named({}), 'instructor chat.completions openai'],
    [instructor.member('chat.completions.create_with_completion').named({}), 'instructor chat.completions openai'],
    [instructor.member('chat.completions.create_partial').named({}), 'instructor chat.completions openai streams'],
    [instructor.member('create').named({}), 'instructor chat.completions openai'],
    [instructor.member('messages.create').named({}), 'instructor messages openai'],
    [
      trail('instructor').member('patch').call(pythonOpenai).member('chat.completions.create').named({}),
      'instructor chat.completions openai',
    ],
    [
      trail('instructor')
        .member('from_anthropic')
        .call(trail('anthropic').member('Anthropic').call())
        .member('messages.create')
        .named({}),
      'instructor messages anthropic',
    ],
    [
      trail('instructor').member('from_provider').call('anthropic/claude-x').member('create').named({}),
      'instructor chat.completions anthropic',
    ],
    [
      trail('@instructor-ai/instructor')
        .member('default')
        .call({ client: openai, mode: 'TOOLS' })
        .member('chat.completions.create')
        .call({}),
      'instructor chat.completions openai',
    ],
  ],
  portkey: [
    [
      trail('portkey-ai').member('default').make({}).member('chat.completions.create').call({}),
      'portkey chat.completions any',
    ],
    [
      trail('portkey-ai').member('Portkey').make({ provider: 'anthropic' }).member('chat.completions.create').call({}),
      'portkey chat.completions anthropic',
    ],
    [
      trail('portkey_ai').member('Portkey').named({}).member('embeddings.create').named({}),
      'portkey embeddings any embedding',
    ],
  ],
};

describe.each(Object.entries(SURFACES))('%s', (_name, rows) => {
  it.each(rows.map(([callTrail, expected], index) => ({ callTrail, expected, index })))(
    '$index: $expected',
    ({ callTrail, expected }) => {
      expect(shown(callTrail)).toBe(expected);
    },
  );
});

describe('what is not paid', () => {
  it.each([
    ['listing models', openai.member('models.list').call(), 'null'],
    ['counting tokens', anthropic.member('messages.countTokens').call({}), 'null'],
    ['counting input tokens', openai.member('responses.inputTokens.count').call({}), 'null'],
    ['a response', openai.member('chat.completions.create').call({}).member('choices'), 'other'],
    [
      'a method of a response',
      openai.member('chat.completions.create').call({}).member('withResponse').call(),
      'other',
    ],
    ['a client', openai, 'object'],
    ['a resource', openai.member('chat.completions'), 'object'],
    ['a prompt template', prompt.member('invoke').call({}), 'object'],
    [
      'a chain without a model',
      prompt
        .member('pipe')
        .call(trail('@langchain/core/output_parsers').member('StringOutputParser').make())
        .member('invoke')
        .call({}),
      'other',
    ],
    [
      'a parser',
      trail('@langchain/core/output_parsers').member('StringOutputParser').make().member('invoke').call('x'),
      'other',
    ],
    ['an AI SDK tool', trail('ai').member('tool').call({}), 'null'],
    ['a hook', trail('@ai-sdk/react').member('useChat').call().member('sendMessage').call({}), 'null'],
    ['another package', trail('stripe').member('default').make().member('customers.create').call({}), 'null'],
    [
      'an AWS client of another service',
      trail('boto3').member('client').call('s3').member('put_object').named({}),
      'null',
    ],
    [
      'local embeddings',
      trail('langchain_huggingface').member('HuggingFaceEmbeddings').call().member('embed_query').call('q'),
      'null',
    ],
  ] as const)('%s', (_name, callTrail, expected) => {
    expect(shown(callTrail)).toBe(expected);
  });

  it('names a paid method that is handed on without a call', () => {
    expect(shown(anthropic.member('messages.create'))).toBe('method');
    expect(shown(trail('litellm').member('completion'))).toBe('method');
  });
});
