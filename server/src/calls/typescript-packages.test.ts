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
])('%s', (_, program) => {
  const { written, found } = commentedCalls(program);
  expect(found).toBe(written);
});
