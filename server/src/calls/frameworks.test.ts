/** Programs as the documents of each framework write them: what is found, who is paid, the model, the limit and the system prompt. */
import { describe, expect, it } from 'vitest';
import { linesIn } from './testing.ts';

const ts = (text: string) => linesIn('/app/main.ts', text);
const py = (text: string) => linesIn('/app/main.py', text);

describe('Python', () => {
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'Pydantic AI',
      `from pydantic_ai import Agent
agent = Agent('openai:gpt-6-luna', instructions='Be brief.', model_settings={'max_tokens': 90})
agent.run_sync('hi')
async def main():
    async with agent.run_stream('hi') as result:
        pass`,
      ['pydantic-ai agent openai openai:gpt-6-luna 90 static', 'pydantic-ai agent openai openai:gpt-6-luna 90 static'],
    ],
    [
      'Pydantic AI, a model object behind another address',
      `from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider
model = OpenAIChatModel('deepseek-v4-flash', provider=OpenAIProvider(base_url='https://api.deepseek.com'))
Agent(model).run_sync('hi')`,
      ['pydantic-ai agent deepseek deepseek-v4-flash'],
    ],
    [
      'Pydantic AI, a provider by its name',
      `from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
Agent(OpenAIChatModel('gpt-6-luna', provider='openrouter')).run_sync('hi')`,
      ['pydantic-ai agent openrouter gpt-6-luna'],
    ],
    [
      'Pydantic AI, another model for one run, type arguments, and instructions by decorators',
      `from pydantic_ai import Agent, RunContext
agent = Agent[str, bool]('openai:gpt-6-luna')
@agent.instructions
def rules(ctx: RunContext[str]) -> str:
    return f'You help {ctx.deps}.'
agent.run_sync('hi', model='anthropic:claude-haiku-5-5')
agent.run_sync('hi', model=chosen())`,
      ['pydantic-ai agent anthropic anthropic:claude-haiku-5-5 dynamic', 'pydantic-ai agent any () dynamic'],
    ],
    [
      'Pydantic AI, providers of other names',
      `from pydantic_ai import Agent, Embedder
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.providers.google_cloud import GoogleCloudProvider
from pydantic_ai.providers.brandnew import BrandNewProvider
Agent(OpenAIChatModel('m', provider=BrandNewProvider())).run_sync('hi')
Agent(OpenAIChatModel('m', provider='brandnew')).run_sync('hi')
Agent(GoogleModel('gemini-3.8-flash', provider=GoogleCloudProvider())).run_sync('hi')
Embedder('voyageai:voyage-3.5').embed_query_sync('hi')`,
      [
        'pydantic-ai agent unknown m',
        'pydantic-ai agent unknown m',
        'pydantic-ai agent google-vertex gemini-3.8-flash',
        'pydantic-ai embed voyage voyageai:voyage-3.5',
      ],
    ],
    [
      'OpenAI Agents',
      `from agents import Agent, Runner, ModelSettings
agent = Agent(name="a", instructions="Be brief.", model="gpt-6-luna", model_settings=ModelSettings(max_tokens=90))
Runner.run_sync(agent, "hi")
result = Runner.run_streamed(agent, input="hi")`,
      ['openai-agents agent openai gpt-6-luna 90 static', 'openai-agents agent openai gpt-6-luna 90 static'],
    ],
    [
      'OpenAI Agents, models by other ways',
      `from agents import Agent, Runner, RunConfig, OpenAIChatCompletionsModel
from agents.realtime import RealtimeAgent, RealtimeRunner
from agents.voice import SingleAgentVoiceWorkflow, VoicePipeline
from openai import AsyncOpenAI
router = AsyncOpenAI(base_url="https://openrouter.ai/api/v1")
async def main():
    await Runner.run(Agent(name="a"), "hi")
    await Runner.run(Agent(name="a", model="litellm/anthropic/claude-haiku-5-5"), "hi")
    await Runner.run(Agent(name="a", model="gpt-6-luna"), "hi", run_config=RunConfig(model="gpt-6-sol"))
    await Runner.run(Agent(name="a", model="gpt-6-luna"), "hi", run_config=RunConfig(model_provider=mine))
    await Runner.run(Agent(name="a", model=OpenAIChatCompletionsModel("m", router)), "hi")
    await RealtimeRunner(RealtimeAgent(name="a", instructions="Be brief.")).run()
    await VoicePipeline(workflow=SingleAgentVoiceWorkflow(Agent(name="a", model="gpt-6-luna"))).run(sound)`,
      [
        'openai-agents agent openai (gpt-5.6-luna)',
        'openai-agents agent anthropic litellm/anthropic/claude-haiku-5-5',
        'openai-agents agent openai gpt-6-sol',
        'openai-agents agent any gpt-6-luna',
        'openai-agents agent openrouter m',
        'openai-agents realtime openai (gpt-realtime-2.1) static',
        'openai-agents agent openai gpt-6-luna',
      ],
    ],
    [
      'Claude Agent SDK',
      `from claude_agent_sdk import query, ClaudeAgentOptions
async def main():
    async for message in query(prompt="hi", options=ClaudeAgentOptions(model="claude-haiku-5-5", system_prompt="Be brief.")):
        print(message)`,
      ['claude-agent-sdk agent anthropic claude-haiku-5-5 static'],
    ],
    [
      'Google ADK',
      `from google.adk.agents import LlmAgent
from google.adk.runners import Runner
agent = LlmAgent(name="a", model="gemini-3.8-flash", instruction="Be brief.")
runner = Runner(agent=agent, app_name="app", session_service=service)
async def main():
    async for event in runner.run_async(user_id="u", session_id="s", new_message=content):
        print(event)`,
      ['google-adk agent google gemini-3.8-flash static'],
    ],
    [
      'Google ADK, another model through LiteLLM',
      `from google.adk.agents import Agent
from google.adk.models.lite_llm import LiteLlm
from google.adk.runners import InMemoryRunner
InMemoryRunner(agent=Agent(name="a", model=LiteLlm(model="anthropic/claude-haiku-5-5"))).run_debug("hi")`,
      ['google-adk agent anthropic anthropic/claude-haiku-5-5'],
    ],
    [
      'CrewAI',
      `from crewai import Agent, Crew, LLM, Task
llm = LLM(model="openai/gpt-6-luna", max_tokens=90)
writer = Agent(role="Writer", goal="Write", backstory="You write.", llm=llm)
Crew(agents=[writer], tasks=[Task(description="d", agent=writer)]).kickoff(inputs={"topic": "rain"})
llm.call("hi")`,
      ['crewai agent openai openai/gpt-6-luna 90 static', 'crewai invoke openai openai/gpt-6-luna 90'],
    ],
    [
      'LlamaIndex',
      `from llama_index.llms.openai import OpenAI
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.core import VectorStoreIndex
llm = OpenAI(model="gpt-6-luna", max_tokens=90)
llm.complete("hi")
index = VectorStoreIndex.from_documents(documents, embed_model=OpenAIEmbedding(model="text-embedding-3-small"))
index.as_query_engine(llm=llm).query("why?")
index.as_chat_engine(llm=llm).chat("why?")`,
      [
        'llamaindex completion openai gpt-6-luna 90',
        'llamaindex embeddings openai text-embedding-3-small',
        'llamaindex invoke openai gpt-6-luna 90',
        'llamaindex chat openai gpt-6-luna 90',
      ],
    ],
    [
      'LlamaIndex agents',
      `from llama_index.core.agent.workflow import FunctionAgent
from llama_index.llms.anthropic import Anthropic
agent = FunctionAgent(tools=[f], llm=Anthropic(model="claude-haiku-5-5"), system_prompt="Be brief.")
async def main():
    await agent.run("hi")`,
      ['llamaindex agent anthropic claude-haiku-5-5 static'],
    ],
    [
      'AutoGen',
      `from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient
client = OpenAIChatCompletionClient(model="gpt-6-luna")
agent = AssistantAgent("a", model_client=client, system_message="Be brief.")
async def main():
    await agent.run(task="hi")
    await RoundRobinGroupChat([agent]).run(task="hi")
    await client.create([UserMessage(content="hi", source="user")])`,
      [
        'autogen agent openai gpt-6-luna static',
        'autogen agent openai gpt-6-luna static',
        'autogen invoke openai gpt-6-luna',
      ],
    ],
    [
      'AutoGen, the second version',
      `from autogen import AssistantAgent, UserProxyAgent
assistant = AssistantAgent("assistant", llm_config={"model": "gpt-6-luna"}, system_message="Be brief.")
UserProxyAgent("user").initiate_chat(assistant, message="hi")
assistant.generate_reply(messages=[{"role": "user", "content": "hi"}])`,
      ['autogen agent any gpt-6-luna static', 'autogen agent any gpt-6-luna static'],
    ],
    [
      'AutoGen, the second version: the agent that is talked to answers',
      `from autogen import ConversableAgent, UserProxyAgent
config_list = [{"model": "gpt-6-sol", "api_key": key}]
writer = ConversableAgent("writer", llm_config={"config_list": config_list}, system_message="Be brief.")
user = UserProxyAgent("user", code_execution_config=False)
user.initiate_chat(recipient=writer, message="hi", max_turns=2)
writer.initiate_chat(user, message="hi")`,
      ['autogen agent any gpt-6-sol static', 'autogen agent any gpt-6-sol static'],
    ],
    [
      "Vertex AI, the API's own client",
      `from google.cloud import aiplatform, aiplatform_v1
client = aiplatform_v1.PredictionServiceClient()
client.generate_content(model="publishers/google/models/gemini-3.8-flash", contents=contents)
aiplatform.gapic.PredictionServiceClient(client_options=options).predict(endpoint=endpoint, instances=instances)`,
      ['google-generativeai generate_content google-vertex publishers/google/models/gemini-3.8-flash'],
    ],
    [
      'Agent Framework',
      `from agent_framework import ChatAgent
from agent_framework.openai import OpenAIChatClient
agent = ChatAgent(chat_client=OpenAIChatClient(model_id="gpt-6-luna"), instructions="Be brief.")
async def main():
    await agent.run("hi")`,
      ['autogen agent openai gpt-6-luna static'],
    ],
    [
      'Agno',
      `from agno.agent import Agent
from agno.models.openai import OpenAIChat
from agno.models.aws import Claude
agent = Agent(model=OpenAIChat(id="gpt-6-luna", max_tokens=90), instructions="Be brief.")
agent.print_response("hi", stream=True)
Agent(model=Claude(id="anthropic.claude-haiku-5-5")).run("hi")`,
      ['agno agent openai gpt-6-luna 90 static', 'agno agent aws-bedrock anthropic.claude-haiku-5-5'],
    ],
    [
      'smolagents',
      `from smolagents import CodeAgent, LiteLLMModel, InferenceClientModel
CodeAgent(tools=[], model=LiteLLMModel(model_id="anthropic/claude-haiku-5-5")).run("hi")
CodeAgent(tools=[], model=InferenceClientModel("Qwen/Qwen3-Next-80B")).run("hi")`,
      ['smolagents agent anthropic anthropic/claude-haiku-5-5', 'smolagents agent huggingface Qwen/Qwen3-Next-80B'],
    ],
    [
      'DSPy',
      `import dspy
lm = dspy.LM("openai/gpt-6-luna", max_tokens=90)
dspy.configure(lm=lm)
classify = dspy.ChainOfThought("question -> answer")
classify(question="why?")
lm("hi")`,
      ['dspy invoke openai openai/gpt-6-luna 90 static', 'dspy invoke openai openai/gpt-6-luna 90'],
    ],
    [
      'Genkit',
      `from genkit.ai import Genkit
ai = Genkit(model="googleai/gemini-3.8-flash")
async def main():
    await ai.generate(prompt="hi", config={"max_output_tokens": 90})`,
      ['genkit generate google googleai/gemini-3.8-flash 90'],
    ],
    [
      'Strands',
      `from strands import Agent
from strands.models import BedrockModel
agent = Agent(model=BedrockModel(model_id="us.amazon.nova-pro-v1:0", max_tokens=90), system_prompt="Be brief.")
agent("hi")`,
      ['strands agent aws-bedrock us.amazon.nova-pro-v1:0 90 static'],
    ],
    [
      'browser-use',
      `from browser_use import Agent, ChatOpenAI
async def main():
    await Agent(task="Find it", llm=ChatOpenAI(model="gpt-6-luna")).run(max_steps=10)`,
      ['browser-use agent openai gpt-6-luna'],
    ],
    [
      'Haystack',
      `from haystack.components.generators.chat import OpenAIChatGenerator
OpenAIChatGenerator(model="gpt-6-luna", generation_kwargs={"max_tokens": 90}).run("hi")`,
      ['haystack generate openai gpt-6-luna 90'],
    ],
    [
      'Haystack pipelines, which ask the models that are added to them',
      `from haystack import Pipeline
from haystack.components.preprocessors import DocumentCleaner
from haystack.components.embedders import OpenAITextEmbedder
from haystack.components.generators.chat import OpenAIChatGenerator
pipeline = Pipeline()
pipeline.add_component("embedder", OpenAITextEmbedder(model="text-embedding-3-small"))
pipeline.add_component("llm", OpenAIChatGenerator(model="gpt-6-luna"))
pipeline.connect("embedder", "llm")
pipeline.run({"embedder": {"text": "hi"}})
plain = Pipeline()
plain.add_component("cleaner", DocumentCleaner())
plain.run({})`,
      ['haystack invoke openai gpt-6-luna'],
    ],
    [
      'Semantic Kernel, a service that is added',
      `from semantic_kernel import Kernel
from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion
kernel = Kernel()
kernel.add_service(OpenAIChatCompletion(ai_model_id="gpt-6-luna"))
async def main():
    await kernel.invoke_prompt("hi")`,
      ['semantic-kernel invoke openai gpt-6-luna'],
    ],
    [
      'Semantic Kernel',
      `from semantic_kernel.agents import ChatCompletionAgent
from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion
agent = ChatCompletionAgent(service=AzureChatCompletion(deployment_name="gpt-6-luna"), instructions="Be brief.")
async def main():
    await agent.get_response(messages="hi")`,
      ['semantic-kernel agent azure gpt-6-luna static'],
    ],
    [
      'Hugging Face',
      `from huggingface_hub import InferenceClient
client = InferenceClient("meta-llama/Llama-3.3-70B-Instruct")
client.chat_completion([{"role": "user", "content": "hi"}], max_tokens=90)
client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])
client.text_generation("hi", max_new_tokens=90)`,
      [
        'huggingface chat.completions huggingface meta-llama/Llama-3.3-70B-Instruct 90',
        'huggingface chat.completions huggingface m',
        'huggingface completion huggingface meta-llama/Llama-3.3-70B-Instruct 90',
      ],
    ],
    [
      'xAI',
      `from xai_sdk import Client
from xai_sdk.chat import system, user
chat = Client().chat.create(model="grok-4.3", messages=[system("Be brief.")], max_tokens=90)
chat.append(user("hi"))
chat.sample()`,
      ['xai chat xai grok-4.3 90 static'],
    ],
    [
      'Fireworks',
      `from fireworks.client import Fireworks
from fireworks import LLM
Fireworks(api_key="k").chat.completions.create(model="accounts/fireworks/models/m", messages=[])
LLM(model="m", deployment_type="serverless").chat.completions.create(messages=[])`,
      ['fireworks chat.completions fireworks accounts/fireworks/models/m', 'fireworks chat.completions fireworks m'],
    ],
    [
      'Cerebras',
      `from cerebras.cloud.sdk import Cerebras
Cerebras().chat.completions.create(model="llama-3.3-70b", messages=[], max_completion_tokens=90)`,
      ['cerebras chat.completions cerebras llama-3.3-70b 90'],
    ],
    [
      'aisuite',
      `import aisuite as ai
ai.Client().chat.completions.create(model="anthropic:claude-haiku-5-5", messages=[])`,
      ['aisuite chat.completions anthropic anthropic:claude-haiku-5-5'],
    ],
    [
      'OpenRouter',
      `from openrouter import OpenRouter
with OpenRouter(api_key="k") as client:
    client.chat.send(model="openai/gpt-6-luna", messages=[{"role": "user", "content": "hi"}], max_tokens=90)`,
      ['openrouter chat.completions openrouter openai/gpt-6-luna 90'],
    ],
    [
      'Voyage',
      `import voyageai
client = voyageai.Client()
client.embed(["a"], model="voyage-3.5")
client.rerank("q", ["a"], model="rerank-2.5")`,
      ['voyage embed voyage voyage-3.5', 'voyage rerank voyage rerank-2.5'],
    ],
    [
      'Replicate',
      `import replicate
replicate.run("meta/meta-llama-3-8b-instruct", input={"prompt": "hi", "max_tokens": 90})`,
      ['replicate generate replicate meta/meta-llama-3-8b-instruct 90'],
    ],
    [
      'Azure AI inference',
      `from azure.ai.inference import ChatCompletionsClient
from azure.ai.inference.models import SystemMessage, UserMessage
client = ChatCompletionsClient(endpoint="e", credential=c)
client.complete(model="gpt-6-luna", messages=[SystemMessage("Be brief."), UserMessage(content="hi")], max_tokens=90)`,
      ['azure-ai chat.completions azure gpt-6-luna 90 static'],
    ],
    [
      'watsonx',
      `from ibm_watsonx_ai.foundation_models import ModelInference
model = ModelInference(model_id="ibm/granite-3-8b-instruct", params={"max_new_tokens": 90})
model.generate_text("hi")`,
      ['watsonx generate watsonx ibm/granite-3-8b-instruct 90'],
    ],
    [
      'Deepgram',
      `from deepgram import DeepgramClient
DeepgramClient().listen.rest.v("1").transcribe_url({"url": u}, {"model": "nova-3"})`,
      ['deepgram audio.transcriptions deepgram nova-3'],
    ],
    [
      'ElevenLabs',
      `from elevenlabs.client import ElevenLabs
ElevenLabs().text_to_speech.convert(voice_id="v", text="hi", model_id="eleven_multilingual_v2")`,
      ['elevenlabs audio.speech elevenlabs eleven_multilingual_v2'],
    ],
  ])('%s', (_, program, expected) => expect(py(program)).toEqual(expected));
});

describe('TypeScript', () => {
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'OpenAI Agents',
      `import { Agent, run, Runner } from '@openai/agents';
const agent = new Agent({ name: 'a', instructions: 'Be brief.', model: 'gpt-6-luna', modelSettings: { maxTokens: 90 } });
await run(agent, 'hi');
await new Runner().run(agent, 'hi', { stream: true });`,
      ['openai-agents agent openai gpt-6-luna 90 static', 'openai-agents agent openai gpt-6-luna 90 static'],
    ],
    [
      "Vertex AI, the API's own client",
      `import aiplatform, { v1 } from '@google-cloud/aiplatform';
const request = { model: 'publishers/google/models/gemini-3.8-flash', contents: [{ role: 'user', parts: [{ text: 'hi' }] }] };
await new v1.PredictionServiceClient().generateContent(request);
const { PredictionServiceClient } = aiplatform.v1;
for await (const part of new PredictionServiceClient({}).streamGenerateContent(request)) console.log(part);`,
      [
        'google-generativeai generate_content google-vertex publishers/google/models/gemini-3.8-flash',
        'google-generativeai generate_content google-vertex publishers/google/models/gemini-3.8-flash',
      ],
    ],
    [
      'OpenAI Agents, a model object',
      `import { Agent, run, OpenAIChatCompletionsModel } from '@openai/agents';
import OpenAI from 'openai';
const client = new OpenAI({ baseURL: 'https://openrouter.ai/api/v1' });
await run(new Agent({ name: 'a', model: new OpenAIChatCompletionsModel(client, 'gpt-6-luna') }), 'hi');`,
      ['openai-agents agent openrouter gpt-6-luna'],
    ],
    [
      'Claude Agent SDK',
      `import { query } from '@anthropic-ai/claude-agent-sdk';
for await (const message of query({ prompt: 'hi', options: { model: 'claude-haiku-5-5', systemPrompt: 'Be brief.' } })) console.log(message);`,
      ['claude-agent-sdk agent anthropic claude-haiku-5-5 static'],
    ],
    [
      'Google ADK',
      `import { LlmAgent, InMemoryRunner } from '@google/adk';
const runner = new InMemoryRunner({ agent: new LlmAgent({ name: 'a', model: 'gemini-3.8-flash', instruction: 'Be brief.' }) });
for await (const event of runner.runAsync({ userId: 'u', sessionId: 's', newMessage })) console.log(event);`,
      ['google-adk agent google gemini-3.8-flash static'],
    ],
    [
      'LlamaIndex',
      `import { openai } from '@llamaindex/openai';
import { agent } from '@llamaindex/workflow';
const llm = openai({ model: 'gpt-6-luna', maxTokens: 90 });
await llm.chat({ messages: [{ role: 'user', content: 'hi' }] });
await agent({ llm, tools: [], systemPrompt: 'Be brief.' }).run('hi');`,
      ['llamaindex chat openai gpt-6-luna 90', 'llamaindex agent openai gpt-6-luna 90 static'],
    ],
    [
      'Mastra',
      `import { Agent } from '@mastra/core/agent';
import { Mastra } from '@mastra/core';
import { openai } from '@ai-sdk/openai';
const helper = new Agent({ name: 'a', instructions: 'Be brief.', model: openai('gpt-6-luna') });
await helper.generate('hi', { modelSettings: { maxOutputTokens: 90 } });
const mastra = new Mastra({ agents: { other: new Agent({ name: 'b', instructions: 'Be brief.', model: 'anthropic/claude-haiku-5-5' }) } });
await mastra.getAgent('other').stream('hi');`,
      ['mastra agent openai gpt-6-luna 90 static', 'mastra agent anthropic anthropic/claude-haiku-5-5 static'],
    ],
    [
      'Genkit',
      `import { genkit } from 'genkit';
import { googleAI } from '@genkit-ai/googleai';
const ai = genkit({ plugins: [googleAI()], model: googleAI.model('gemini-3.8-flash') });
await ai.generate({ system: 'Be brief.', prompt: 'hi', config: { maxOutputTokens: 90 } });
await ai.generate('hi');`,
      ['genkit generate google gemini-3.8-flash 90 static', 'genkit generate google gemini-3.8-flash'],
    ],
    [
      'Strands',
      `import { Agent } from '@strands-agents/sdk';
await new Agent({ systemPrompt: 'Be brief.' }).invoke('hi');`,
      ['strands agent aws-bedrock (global.anthropic.claude-sonnet-4-6) static'],
    ],
    [
      'Hugging Face',
      `import { InferenceClient } from '@huggingface/inference';
await new InferenceClient(token).chatCompletion({ model: 'm', messages: [{ role: 'user', content: 'hi' }], max_tokens: 90 });`,
      ['huggingface chat.completions huggingface m 90'],
    ],
    [
      'Cerebras',
      `import Cerebras from '@cerebras/cerebras_cloud_sdk';
await new Cerebras().chat.completions.create({ model: 'llama-3.3-70b', messages: [] });`,
      ['cerebras chat.completions cerebras llama-3.3-70b'],
    ],
    [
      'OpenRouter',
      `import { OpenRouter } from '@openrouter/sdk';
const client = new OpenRouter({ apiKey: 'k' });
await client.chat.send({ model: 'openai/gpt-6-luna', messages: [{ role: 'user', content: 'hi' }], maxTokens: 90 });
client.callModel({ model: 'openai/gpt-6-luna', input: 'hi' });`,
      [
        'openrouter chat.completions openrouter openai/gpt-6-luna 90',
        'openrouter responses openrouter openai/gpt-6-luna',
      ],
    ],
    [
      'Voyage',
      `import { VoyageAIClient } from 'voyageai';
await new VoyageAIClient({ apiKey: 'k' }).embed({ input: ['a'], model: 'voyage-3.5' });`,
      ['voyage embed voyage voyage-3.5'],
    ],
    [
      'Replicate',
      `import Replicate from 'replicate';
await new Replicate().run('meta/meta-llama-3-8b-instruct', { input: { prompt: 'hi', max_tokens: 90 } });`,
      ['replicate generate replicate meta/meta-llama-3-8b-instruct 90'],
    ],
    [
      'Azure AI inference',
      `import ModelClient from '@azure-rest/ai-inference';
await ModelClient(endpoint, credential).path('/chat/completions').post({ body: { model: 'gpt-6-luna', messages: [{ role: 'user', content: 'hi' }], max_tokens: 90 } });`,
      ['azure-ai chat.completions azure gpt-6-luna 90'],
    ],
    [
      'watsonx',
      `import { WatsonXAI } from '@ibm-cloud/watsonx-ai';
await WatsonXAI.newInstance({ version: 'v' }).textChat({ modelId: 'ibm/granite-3-8b-instruct', messages: [{ role: 'user', content: 'hi' }], maxTokens: 90 });`,
      ['watsonx chat watsonx ibm/granite-3-8b-instruct 90'],
    ],
    [
      'Deepgram',
      `import { createClient } from '@deepgram/sdk';
await createClient('k').listen.prerecorded.transcribeUrl({ url }, { model: 'nova-3' });`,
      ['deepgram audio.transcriptions deepgram nova-3'],
    ],
    [
      'ElevenLabs',
      `import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
await new ElevenLabsClient().textToSpeech.convert('v', { text: 'hi', modelId: 'eleven_multilingual_v2' });`,
      ['elevenlabs audio.speech elevenlabs eleven_multilingual_v2'],
    ],
  ])('%s', (_, program, expected) => expect(ts(program)).toEqual(expected));
});

describe('a substitute for a model is not a call', () => {
  it.each([
    [
      'a fake of Pydantic AI',
      'from pydantic_ai import Agent\nfrom pydantic_ai.models.test import TestModel\nAgent(TestModel()).run_sync("hi")',
    ],
    ['a fake by its name', 'from pydantic_ai import Agent\nAgent("test").run_sync("hi")'],
    [
      'a fake of LangChain',
      `from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
FakeMessagesListChatModel(responses=[]).invoke("hi")
create_agent(model=FakeMessagesListChatModel(responses=[]), tools=[]).invoke({"messages": []})`,
    ],
    [
      "a model of the project's own",
      `from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
class CountingModel(BaseChatModel):
    def _generate(self, messages, **kw):
        return reply("ok")
CountingModel().invoke("hello")
create_agent(model=CountingModel(), tools=[]).invoke({"messages": []})`,
    ],
    [
      'a model that runs on the machine',
      'from smolagents import CodeAgent, TransformersModel\nCodeAgent(tools=[], model=TransformersModel("m")).run("hi")',
    ],
  ])('%s', (_, program) => expect(py(program)).toEqual([]));
});
