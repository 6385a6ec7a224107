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
])('%s', (_, program) => {
  const { written, found } = commentedCalls(program);
  expect(found).toBe(written);
});
