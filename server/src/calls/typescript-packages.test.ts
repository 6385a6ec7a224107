/** Programs by the published API of each TypeScript package: every line that makes a call says which. */
import { expect, it } from 'vitest';
import { commentedCalls } from './commented-calls.ts';

it.each<[name: string, program: string]>([
  [
    'Mastra',
    `import { Agent } from '@mastra/core/agent';
import { createStep } from '@mastra/core/workflows';
const guide = new Agent({ name: 'a', instructions: 'Be brief.', model: 'openai/gpt-6-luna' });
await guide.generateVNext('hi'); // mastra agent openai openai/gpt-6-luna static
await guide.streamVNext('hi'); // mastra agent openai openai/gpt-6-luna static streams
await guide.network('hi'); // mastra agent openai openai/gpt-6-luna static streams
await guide.generate('hi', { modelSettings: { maxOutputTokens: 90 } }); // mastra agent openai openai/gpt-6-luna 90 static
await guide.resumeStream(answer, { runId }); // mastra agent openai openai/gpt-6-luna static streams
await guide.approveToolCall({ runId }); // mastra agent openai openai/gpt-6-luna static streams
export const step = createStep({
  id: 'plan',
  execute: async ({ inputData, mastra }) => {
    const planner = mastra?.getAgent('planner');
    const { text } = await planner.generate(inputData.text); // mastra agent any () unknown
    return mastra.getAgentById('writer').stream(text); // mastra agent any () unknown streams
  },
});`,
  ],
  [
    'Workers AI, by its binding and by the names that only its models have',
    `export default {
  async fetch(request: Request, env: Env) {
    await env.AI.run('@cf/meta/llama-3.1-8b-instruct', { prompt: 'hi', max_tokens: 90 }); // workers-ai generate cloudflare @cf/meta/llama-3.1-8b-instruct 90
    await env.AI.run(env.MODEL, inputs); // workers-ai generate cloudflare () unknown
    await env.AI.run('@cf/baai/bge-base-en-v1.5', { text: ['hi'] }); // workers-ai embeddings cloudflare @cf/baai/bge-base-en-v1.5
    await env.AI.run('@cf/black-forest-labs/flux-1-schnell', { prompt: 'a cat' }); // workers-ai images cloudflare @cf/black-forest-labs/flux-1-schnell
    await env.AI.run('@cf/deepgram/aura-2-en', { text }); // workers-ai audio.speech cloudflare @cf/deepgram/aura-2-en
    await env.AI.run('@cf/openai/whisper', { audio }); // workers-ai audio.transcriptions cloudflare @cf/openai/whisper
    await env.DB.prepare('x').run('hi');
  },
};
class Voice {
  async say(text: string) {
    const messages = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: text }];
    return this.ai.run('@cf/zai-org/glm-4.7-flash', { messages, stream: true }); // workers-ai generate cloudflare @cf/zai-org/glm-4.7-flash static streams
  }
}`,
  ],
  [
    'a provider of the AI SDK that copies the API of another',
    `import { createDeepInfra } from '@ai-sdk/deepinfra';
import { generateText } from 'ai';
await generateText({ model: createDeepInfra()('m'), prompt: 'hi' }); // ai-sdk generateText deepinfra m`,
  ],
  [
    'Workers AI, by its old package',
    `import { Ai } from '@cloudflare/ai';
const ai = new Ai(env.AI);
await ai.run('@cf/meta/llama-2-7b-chat-int8', { prompt: 'hi' }); // workers-ai generate cloudflare @cf/meta/llama-2-7b-chat-int8`,
  ],
  [
    'Genkit, by the names that plugins give to models',
    `import { genkit } from 'genkit';
import { gemini15Flash, gemini, textEmbedding004 } from '@genkit-ai/googleai';
import { gemini20Flash } from '@genkit-ai/vertexai';
import { claude35Sonnet, claude9Novel } from 'genkitx-anthropic';
const ai = genkit({ model: gemini15Flash });
await ai.generate('hi'); // genkit generate google gemini-1.5-flash
await ai.generate({ model: gemini20Flash, prompt: 'hi' }); // genkit generate google-vertex gemini-2.0-flash
await ai.generate({ model: gemini('gemini-2.5-pro'), prompt: 'hi' }); // genkit generate google gemini-2.5-pro
await ai.generate({ model: claude35Sonnet, prompt: 'hi' }); // genkit generate anthropic claude-3-5-sonnet
await ai.generate({ model: claude9Novel, prompt: 'hi' }); // genkit generate anthropic ()
await ai.embed({ embedder: textEmbedding004, content: 'hi' }); // genkit embed google text-embedding-004`,
  ],
  [
    'Genkit, prompts, conversations and rankings',
    `import { genkit } from 'genkit';
const ai = genkit({ model: 'googleai/gemini-3.8-flash' });
const greet = ai.definePrompt({ name: 'greet', system: 'Be kind.', prompt: 'Greet {{name}}.', config: { maxOutputTokens: 90 } });
export const flow = ai.defineFlow({ name: 'f' }, async (input) => {
  const { output } = await greet(input); // genkit generate google googleai/gemini-3.8-flash 90 static
  return output;
});
greet.stream({ name: 'x' }); // genkit generate google googleai/gemini-3.8-flash 90 static streams
await greet.render({ name: 'x' });
await ai.prompt('recipe')({ food: 'x' }); // genkit generate google googleai/gemini-3.8-flash
await ai.chat(greet).send('hi'); // genkit generate google googleai/gemini-3.8-flash 90 static
await ai.createSession().chat({ system: 'Be kind.' }).send('hi'); // genkit generate google googleai/gemini-3.8-flash static
await ai.rerank({ reranker: 'vertexai/reranker', query: 'x', documents }); // genkit rerank google-vertex vertexai/reranker`,
  ],
  [
    'Firebase AI',
    `import { getAI, getGenerativeModel, getImagenModel, getLiveGenerativeModel, getTemplateGenerativeModel, AgentPlatformBackend } from 'firebase/ai';
import { getVertexAI, getGenerativeModel as earlyModel } from 'firebase/vertexai-preview';
const ai = getAI(app);
await getGenerativeModel(ai, { model: 'gemini-3.8-flash', systemInstruction: 'Be brief.' }).generateContent('hi'); // google-generativeai generate_content google gemini-3.8-flash static
await getGenerativeModel(ai, { mode: 'prefer_on_device', inCloudParams: { model: 'gemini-3.8-flash' } }).generateContent('hi'); // google-generativeai generate_content google gemini-3.8-flash
await getGenerativeModel(getAI(app, { backend: new AgentPlatformBackend('l') }), { model: 'gemini-3.8-flash' }).generateContent('hi'); // google-generativeai generate_content google-vertex gemini-3.8-flash
await getImagenModel(ai, { model: 'imagen-4.0-generate-001' }).generateImages('a cat'); // google-generativeai images google imagen-4.0-generate-001
await getLiveGenerativeModel(ai, { model: 'gemini-live', systemInstruction: 'Be brief.' }).connect(); // google-generativeai realtime google gemini-live static streams
await getTemplateGenerativeModel(ai).generateContent('greeting', { name: 'x' }); // google-generativeai generate_content google ()
await earlyModel(getVertexAI(app), { model: 'gemini-1.5-flash' }).generateContent('hi'); // google-generativeai generate_content google-vertex gemini-1.5-flash`,
  ],
  [
    'Google Gen AI, connections and pictures',
    `import { GoogleGenAI } from '@google/genai';
const ai = new GoogleGenAI({ apiKey: 'k' });
await ai.live.connect({ model: 'gemini-live', config: { systemInstruction: 'Be brief.' } }); // google-genai realtime google gemini-live static streams
await ai.live.music.connect({ model: 'models/lyria-realtime-exp' }); // google-genai realtime google models/lyria-realtime-exp streams
await ai.models.segmentImage({ model: 'image-segmentation-001', source }); // google-genai images google image-segmentation-001
await ai.models.countTokens({ model: 'gemini-3.8-flash', contents: 'hi' });`,
  ],
  [
    'OpenRouter, in each version',
    `import { OpenRouter } from '@openrouter/sdk';
import { callModel } from '@openrouter/agent';
const client = new OpenRouter();
await client.chat.send({ model: 'openai/gpt-6-luna', messages: [], maxTokens: 90 }); // openrouter chat.completions openrouter openai/gpt-6-luna 90
await client.chat.send({ chatGenerationParams: { model: 'openai/gpt-6-luna', messages: [] } }); // openrouter chat.completions openrouter openai/gpt-6-luna
await client.chat.send({ chatRequest: { model: 'openai/gpt-6-luna', messages: [], maxTokens: 90 } }); // openrouter chat.completions openrouter openai/gpt-6-luna 90
await client.beta.responses.send({ openResponsesRequest: { model: 'openai/gpt-6-luna', instructions: 'Be brief.' } }); // openrouter responses openrouter openai/gpt-6-luna static
callModel(client, { model: 'openai/gpt-6-luna', input: 'hi' }); // openrouter responses openrouter openai/gpt-6-luna`,
  ],
  [
    'Hugging Face, methods and functions',
    `import { InferenceClient, textToImage, summarization } from '@huggingface/inference';
const client = new InferenceClient('t');
await client.questionAnswering({ model: 'm', inputs }); // huggingface classify huggingface m
await client.imageToVideo({ model: 'm', inputs }); // huggingface videos huggingface m
await client.endpoint('https://x.endpoints.huggingface.cloud/m').textGeneration({ inputs: 'x' }); // huggingface completion huggingface ()
await textToImage({ model: 'm', inputs: 'x' }); // huggingface images huggingface m
await summarization({ model: 'm', inputs: 'x' }); // huggingface completion huggingface m`,
  ],
  [
    'AI SDK, providers by their packages',
    `import { generateText, experimental_transcribe as transcribe } from 'ai';
import { bedrockMantle } from '@ai-sdk/amazon-bedrock/mantle';
import { vercel } from '@ai-sdk/vercel';
import { deepgram } from '@ai-sdk/deepgram';
import { fal } from '@ai-sdk/fal';
import { createWorkersAI } from 'workers-ai-provider';
await generateText({ model: bedrockMantle('m'), prompt: 'hi' }); // ai-sdk generateText aws-bedrock m
await generateText({ model: vercel('v0-1.0-md'), prompt: 'hi' }); // ai-sdk generateText vercel v0-1.0-md
await generateText({ model: createWorkersAI({ binding })('@cf/meta/llama'), prompt: 'hi' }); // ai-sdk generateText cloudflare @cf/meta/llama
await transcribe({ model: deepgram.transcription('nova-3'), audio }); // ai-sdk audio.transcriptions deepgram nova-3
await transcribe({ model: fal.transcription('whisper'), audio }); // ai-sdk audio.transcriptions unknown whisper`,
  ],
  [
    'AI SDK, registries, and providers made of others',
    `import { generateText, embed, customProvider, createProviderRegistry } from 'ai';
import { openai } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
const own = customProvider({ languageModels: { smart: anthropic('claude-haiku-5-5') }, fallbackProvider: openai });
await generateText({ model: own.languageModel('smart'), prompt: 'hi' }); // ai-sdk generateText anthropic claude-haiku-5-5
await generateText({ model: own.languageModel('gpt-6-luna'), prompt: 'hi' }); // ai-sdk generateText openai gpt-6-luna
const proxy = createOpenAICompatible({ name: 'p', baseURL: 'https://openrouter.ai/api/v1' });
const registry = createProviderRegistry({ openai, proxy, own });
await generateText({ model: registry.languageModel('openai:gpt-6-luna'), prompt: 'hi' }); // ai-sdk generateText openai gpt-6-luna
await generateText({ model: registry.languageModel('proxy:a/b'), prompt: 'hi' }); // ai-sdk generateText openrouter a/b
await generateText({ model: registry.languageModel('own:smart'), prompt: 'hi' }); // ai-sdk generateText anthropic claude-haiku-5-5
await embed({ model: registry.embeddingModel('openai:text-embedding-3-small'), value: 'hi' }); // ai-sdk embed openai text-embedding-3-small
await generateText({ model: registry.languageModel('absent:m'), prompt: 'hi' }); // ai-sdk generateText any absent:m`,
  ],
  [
    'AI SDK, answers of agents',
    `import { ToolLoopAgent, createAgentUIStreamResponse } from 'ai';
import { openai } from '@ai-sdk/openai';
const agent = new ToolLoopAgent({ model: openai('gpt-6-luna'), instructions: 'Be brief.' });
export const GET = () => createAgentUIStreamResponse({ agent, uiMessages }); // ai-sdk agent openai gpt-6-luna static streams
agent.respond({ messages }); // ai-sdk agent openai gpt-6-luna static streams`,
  ],
  [
    'AI SDK, hooks that only ask the server of the project',
    `import { useChat, useCompletion } from '@ai-sdk/react';
import { useChat as earlier } from 'ai/react';
const { sendMessage } = useChat();
const { complete } = useCompletion({ api: '/api/complete' });
sendMessage({ text: 'hi' });
complete('hi');
earlier().append({ role: 'user', content: 'hi' });`,
  ],
  [
    'OpenAI, connections and threads',
    `import OpenAI, { AzureOpenAI } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { OpenAIRealtimeWebSocket } from 'openai/beta/realtime/websocket';
const client = new OpenAI();
new OpenAIRealtimeWS({ model: 'gpt-realtime-2.1' }, client); // openai realtime openai gpt-realtime-2.1 streams
new OpenAIRealtimeWebSocket({ model: 'gpt-realtime-2.1' }); // openai realtime openai gpt-realtime-2.1 streams
await OpenAIRealtimeWS.create(client, { model: 'gpt-realtime-2.1' }); // openai realtime openai gpt-realtime-2.1 streams
await OpenAIRealtimeWS.azure(new AzureOpenAI({ deployment: 'd' })); // openai realtime azure () streams
client.beta.threads.runs.submitToolOutputsStream('r', { thread_id: 't', tool_outputs }); // openai runs openai () streams
await client.beta.threads.runs.submitToolOutputsAndPoll('r', { thread_id: 't', tool_outputs }); // openai runs openai ()
await client.conversations.create({});
await client.realtime.clientSecrets.create({ session: { type: 'realtime', model: 'gpt-realtime-2.1' } });`,
  ],
  [
    'OpenAI Agents, copies, models of others and Codex',
    `import { Agent, run } from '@openai/agents';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { anthropic } from '@ai-sdk/anthropic';
import { Codex } from '@openai/codex-sdk';
const agent = new Agent({ name: 'a', instructions: 'Be brief.', model: 'gpt-6-luna' });
await run(agent.clone({ model: 'gpt-6-sol' }), 'hi'); // openai-agents agent openai gpt-6-sol static
await run(new Agent({ name: 'b', model: aisdk(anthropic('claude-haiku-5-5')) }), 'hi'); // openai-agents agent anthropic claude-haiku-5-5
const thread = new Codex().startThread({ model: 'gpt-5.3-codex' });
await thread.run('Fix it.'); // openai-agents agent openai gpt-5.3-codex
await thread.runStreamed('Fix it.'); // openai-agents agent openai gpt-5.3-codex streams`,
  ],
  [
    'Anthropic, clients of clouds by default',
    `import Bedrock from '@anthropic-ai/bedrock-sdk';
import Vertex from '@anthropic-ai/vertex-sdk';
await new Bedrock().messages.create({ model: 'm', max_tokens: 9, messages: [] }); // anthropic messages aws-bedrock m 9
await new Vertex().messages.create({ model: 'm', max_tokens: 9, messages: [] }); // anthropic messages google-vertex m 9`,
  ],
  [
    'Bedrock, other commands',
    `import { BedrockRuntimeClient, InvokeModelWithBidirectionalStreamCommand, StartAsyncInvokeCommand, ApplyGuardrailCommand } from '@aws-sdk/client-bedrock-runtime';
import { BedrockAgentRuntimeClient, InvokeFlowCommand, RerankCommand, RetrieveCommand } from '@aws-sdk/client-bedrock-agent-runtime';
const client = new BedrockRuntimeClient({});
await client.send(new InvokeModelWithBidirectionalStreamCommand({ modelId: 'amazon.nova-sonic-v1:0', body })); // bedrock realtime aws-bedrock amazon.nova-sonic-v1:0 streams
await client.send(new StartAsyncInvokeCommand({ modelId: 'amazon.nova-reel-v1:0', modelInput: {} })); // bedrock invoke_model aws-bedrock amazon.nova-reel-v1:0
await client.send(new ApplyGuardrailCommand({ guardrailIdentifier: 'g' }));
const agents = new BedrockAgentRuntimeClient({});
await agents.send(new InvokeFlowCommand({ flowIdentifier: 'f', inputs: [] })); // bedrock invoke_agent aws-bedrock ()
await agents.send(new RerankCommand({ queries, sources, rerankingConfiguration: { bedrockRerankingConfiguration: { modelConfiguration: { modelArn: 'm' } } } })); // bedrock rerank aws-bedrock m
await agents.send(new RetrieveCommand({ knowledgeBaseId: 'k' }));`,
  ],
  [
    'LangGraph: a graph asks what its nodes ask',
    `import { ChatOpenAI } from '@langchain/openai';
import { StateGraph, START } from '@langchain/langgraph';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
const llm = new ChatOpenAI({ model: 'gpt-6-luna' });
const ask = (state) => llm.invoke(state.messages); // langchain invoke openai gpt-6-luna unknown
const agent = new StateGraph(State).addNode('ask', ask).addEdge(START, 'ask').compile();
await agent.invoke({ messages: [] });
const inner = createReactAgent({ llm, tools: [], prompt: 'Be brief.' });
const outer = new StateGraph(State).addNode('inner', inner).addEdge(START, 'inner').compile();
await outer.invoke({ messages: [] }); // langchain agent openai gpt-6-luna static`,
  ],
  [
    'LangChain, models of other providers',
    `import { ChatGoogle } from '@langchain/google';
import { ChatCloudflareWorkersAI } from '@langchain/cloudflare';
import { ChatDeepInfra } from '@langchain/community/chat_models/deepinfra';
import { ChatWatsonx } from '@langchain/community/chat_models/ibm';
import { ChatWebLLM } from '@langchain/community/chat_models/webllm';
await new ChatGoogle({ model: 'm', platformType: 'gcp' }).invoke('hi'); // langchain invoke google-vertex m
await new ChatGoogle({ model: 'm' }).invoke('hi'); // langchain invoke google m
await new ChatCloudflareWorkersAI({ model: 'm' }).invoke('hi'); // langchain invoke cloudflare m
await new ChatDeepInfra({ model: 'm' }).invoke('hi'); // langchain invoke deepinfra m
await new ChatWatsonx({ model: 'm' }).invoke('hi'); // langchain invoke watsonx m
await new ChatWebLLM({ model: 'm' }).invoke('hi');`,
  ],
  [
    'LangChain, retrievers that search the web, and those over a store',
    `import { ExaRetriever } from '@langchain/exa';
import { MemoryVectorStore } from 'langchain/vectorstores/memory';
import { OpenAIEmbeddings } from '@langchain/openai';
const retriever = new ExaRetriever({ client });
await retriever.invoke('hi');
const store = new MemoryVectorStore(new OpenAIEmbeddings({ model: 'text-embedding-3-small' }));
await store.asRetriever().invoke('hi'); // langchain embeddings openai text-embedding-3-small`,
  ],
  [
    'LlamaIndex, engines',
    `import { ContextChatEngine, OpenAI } from 'llamaindex';
import { createEngine } from './engine';
const llm = new OpenAI({ model: 'gpt-6-luna' });
await llm.exec({ messages: [] }); // llamaindex chat openai gpt-6-luna
await new ContextChatEngine({ chatModel: llm, retriever, systemPrompt: 'Be brief.' }).chat({ message: 'hi' }); // llamaindex chat openai gpt-6-luna static
const chatEngine = await createEngine();
await chatEngine.chat({ message: 'hi', stream: true }); // llamaindex chat any () streams`,
  ],
  [
    'VoltAgent',
    `import { Agent } from '@voltagent/core';
import { openai } from '@ai-sdk/openai';
const agent = new Agent({ name: 'a', instructions: 'Be brief.', model: openai('gpt-6-luna') });
await agent.generateText('hi', { maxOutputTokens: 90 }); // voltagent agent openai gpt-6-luna 90 static
await agent.streamText('hi'); // voltagent agent openai gpt-6-luna static streams
await agent.generateObject('hi', schema); // voltagent agent openai gpt-6-luna static`,
  ],
  [
    'AgentKit',
    `import { createAgent, createNetwork, anthropic, openai } from '@inngest/agent-kit';
const writer = createAgent({ name: 'w', system: 'Be brief.', model: anthropic({ model: 'claude-haiku-5-5', defaultParameters: { max_tokens: 90 } }) });
await writer.run('hi'); // agent-kit agent anthropic claude-haiku-5-5 90 static
await createNetwork({ name: 'n', agents: [writer], maxIter: 3 }).run('hi'); // agent-kit agent anthropic claude-haiku-5-5 90 static
await createAgent({ name: 'x', system: 'Be brief.' }).run('hi', { model: openai({ model: 'gpt-6-luna' }) }); // agent-kit agent openai gpt-6-luna static`,
  ],
  [
    'Stagehand',
    `import { Stagehand } from '@browserbasehq/stagehand';
const stagehand = new Stagehand({ env: 'LOCAL', model: 'anthropic/claude-haiku-5-5' });
await stagehand.page.act('Click it.'); // stagehand generate anthropic anthropic/claude-haiku-5-5
await stagehand.extract({ instruction: 'Read it.', schema }); // stagehand generate anthropic anthropic/claude-haiku-5-5
await stagehand.extract();
await new Stagehand({ env: 'LOCAL' }).observe('Look.'); // stagehand generate openai (openai/gpt-4.1-mini)
await stagehand.agent({ model: 'openai/computer-use-preview', systemPrompt: 'Be brief.' }).execute('Do it.'); // stagehand agent openai openai/computer-use-preview static`,
  ],
  [
    'clients with the methods of OpenAI',
    `import Perplexity from '@perplexity-ai/perplexity_ai';
import { TokenJS } from 'token.js';
import { createLLMClient } from 'llm-polyglot';
import Portkey from 'portkey-ai';
import { CreateMLCEngine } from '@mlc-ai/web-llm';
await new Perplexity().chat.completions.create({ model: 'sonar', messages: [] }); // perplexity chat.completions perplexity sonar
await new TokenJS().chat.completions.create({ provider: 'anthropic', model: 'claude-haiku-5-5', messages: [] }); // token.js chat.completions anthropic claude-haiku-5-5
await createLLMClient({ provider: 'google' }).chat.completions.create({ model: 'm', max_tokens: 9, messages: [] }); // instructor chat.completions google m 9
await new Portkey().messages.create({ model: 'm', max_tokens: 9, system: 'Be brief.', messages: [] }); // portkey messages any m 9 static
const engine = await CreateMLCEngine('m');
await engine.chat.completions.create({ messages: [] });`,
  ],
  [
    'Azure AI, other paths and clients',
    `import ModelClient from '@azure-rest/ai-inference';
import { AIProjectClient } from '@azure/ai-projects';
import { AgentsClient } from '@azure/ai-agents';
import { OpenAIClient } from '@azure/openai';
await ModelClient(endpoint, key).path('/embeddings').post({ body: { model: 'm', input: ['x'] } }); // azure-ai embeddings azure m
const project = new AIProjectClient(endpoint, credential);
await project.getOpenAIClient().responses.create({ model: 'm', instructions: 'Be brief.' }); // openai responses azure m static
await new AgentsClient(endpoint, credential).createThreadAndRun('agent', {}); // azure-ai runs azure ()
await new OpenAIClient(endpoint, key).getImages('dall-e', 'a cat', { n: 2 }); // openai images azure dall-e`,
  ],
  [
    'Mistral and watsonx, other methods',
    `import { Mistral } from '@mistralai/mistralai';
import { WatsonXAI } from '@ibm-cloud/watsonx-ai';
const mistral = new Mistral();
await mistral.ocr.process({ model: 'mistral-ocr-latest', document }); // mistral images mistral mistral-ocr-latest
await mistral.audio.speech.complete({ model: 'voxtral-tts', input: 'hi' }); // mistral audio.speech mistral voxtral-tts
await mistral.batch.jobs.create({ model: 'm', inputFiles: [] }); // mistral batches mistral m
await WatsonXAI.newInstance({ version: 'v' }).textRerank({ modelId: 'm', query: 'x', inputs: [] }); // watsonx rerank watsonx m`,
  ],
  [
    'services for speech, sounds and pictures',
    `import { createClient, DeepgramClient } from '@deepgram/sdk';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { AssemblyAI } from 'assemblyai';
import { fal } from '@fal-ai/client';
createClient('k').listen.live({ model: 'nova-3' }); // deepgram realtime deepgram nova-3 streams
await new DeepgramClient().speak.v1.connect({ model: 'aura-2' }); // deepgram realtime deepgram aura-2 streams
const eleven = new ElevenLabsClient();
await eleven.speechToSpeech.convert('v', { audio, modelId: 'eleven_v3' }); // elevenlabs audio.speech elevenlabs eleven_v3
await eleven.dubbing.create({ file, targetLang: 'es' }); // elevenlabs audio.speech elevenlabs ()
await eleven.textToSoundEffects.convert({ text: 'Rain.' }); // elevenlabs audio.speech elevenlabs ()
await eleven.textToSpeech.streamWithTimestamps('v', { text: 'hi' }); // elevenlabs audio.speech elevenlabs () streams
const assembly = new AssemblyAI({ apiKey: 'k' });
await assembly.transcripts.transcribe({ audio, speech_model: 'universal' }); // assemblyai audio.transcriptions unknown universal
await assembly.lemur.task({ prompt: 'Sum up.', final_model: 'anthropic/claude-haiku-5-5' }); // assemblyai generate unknown anthropic/claude-haiku-5-5
await fal.subscribe('fal-ai/flux/dev', { input: { prompt: 'a cat' } }); // fal images unknown fal-ai/flux/dev
await fal.queue.submit('fal-ai/flux/dev', { input: { prompt: 'a cat' } }); // fal images unknown fal-ai/flux/dev
await fal.queue.status('fal-ai/flux/dev', { requestId });`,
  ],
  [
    'a memory, voice agents, and Writer',
    `import { Memory } from 'mem0ai/oss';
import { voice } from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';
import Writer from 'writer-sdk';
const memory = new Memory({ llm: { provider: 'anthropic', config: { model: 'claude-haiku-5-5' } } });
await memory.add('I like cats.', { userId: 'u' }); // mem0 invoke anthropic claude-haiku-5-5
await memory.search('cats', { userId: 'u' }); // mem0 embed openai (text-embedding-3-small)
const session = new voice.AgentSession({ llm: new openai.LLM({ model: 'gpt-6-luna' }) });
await session.start({ room, agent: new voice.Agent({ instructions: 'Be brief.' }) }); // livekit agent openai gpt-6-luna static
session.generateReply({ instructions: 'Greet the user.' }); // livekit agent openai gpt-6-luna
await new Writer().chat.chat({ model: 'palmyra-x5', messages: [] }); // writer chat.completions writer palmyra-x5`,
  ],
  [
    "npm's chatgpt",
    `import { ChatGPTAPI } from 'chatgpt';
const api = new ChatGPTAPI({ apiKey: 'k', systemMessage: 'Be brief.', maxResponseTokens: 300, completionParams: { model: 'gpt-4o' } });
await api.sendMessage('hi', { parentMessageId: last }); // chatgpt chat openai gpt-4o 300 static
await api.sendMessage('hi', { completionParams: { model: 'gpt-4o-mini' } }); // chatgpt chat openai gpt-4o-mini 300 static
await new ChatGPTAPI({ apiKey: 'k' }).sendMessage('hi'); // chatgpt chat openai (gpt-3.5-turbo)`,
  ],
  [
    "Node's own HTTP clients, whose body is written afterwards",
    `import https from 'node:https';
import { request as open } from 'http';
const body = JSON.stringify({ model: 'gpt-6-luna', max_tokens: 90, messages: [{ role: 'user', content: 'hi' }] });
const sent = https.request({ hostname: 'api.openai.com', path: '/v1/chat/completions', method: 'POST' }, (answer) => {});
sent.write(body); // http http.post openai gpt-6-luna 90
sent.end();
const other = open('http://localhost:11434/v1/chat/completions', { method: 'POST' });
other.end(body); // http http.post ollama gpt-6-luna 90
https.request({ hostname: 'example.com', path: '/v1/chat', method: 'POST' }).end(body);
https.request({ hostname: 'api.openai.com', path: '/v1/models', method: 'GET' }).end();`,
  ],
])('%s', (_, program) => {
  const { written, found } = commentedCalls(program);
  expect(found).toBe(written);
});
