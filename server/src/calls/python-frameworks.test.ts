/** Python programs as the documents of each framework write them, beyond those that both languages share. */
import { describe, expect, it } from 'vitest';
import { callsIn, linesIn } from './testing.ts';

const py = (text: string) => linesIn('/app/main.py', text);

describe('vector stores of LangChain embed what they keep, and what is searched for', () => {
  const IMPORTS = `from langchain_community.vectorstores import FAISS
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langchain_huggingface import HuggingFaceEmbeddings
`;
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'a store, and its retriever',
      `store = FAISS.from_documents(docs, OpenAIEmbeddings(model="text-embedding-3-small"))
store.similarity_search("cats", k=2)
store.as_retriever().invoke("cats")`,
      Array<string>(3).fill('langchain embeddings openai text-embedding-3-small'),
    ],
    [
      'a store that is opened, and looked up by a vector',
      `store = FAISS.load_local("index", OpenAIEmbeddings())
store.add_texts(["a"])
store.similarity_search_by_vector([0.1])`,
      ['langchain embeddings openai (text-embedding-ada-002)'],
    ],
    [
      'embeddings that are computed on the machine',
      `store = FAISS.from_texts(["a"], HuggingFaceEmbeddings())
store.similarity_search("cats")`,
      [],
    ],
    [
      'a store that embeds by itself',
      `from langchain_chroma import Chroma
Chroma(collection_name="notes").similarity_search("cats")`,
      [],
    ],
    [
      'a chain asks its model, not its retriever',
      `from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough
retriever = FAISS.from_texts(["a"], OpenAIEmbeddings()).as_retriever()
prompt = ChatPromptTemplate.from_template("{context} {question}")
chain = {"context": retriever | join, "question": RunnablePassthrough()} | prompt | ChatOpenAI(model="gpt-6-luna") | StrOutputParser()
chain.invoke("cats")`,
      ['langchain embeddings openai (text-embedding-ada-002)', 'langchain invoke openai gpt-6-luna'],
    ],
    [
      'a chain that begins with a retriever',
      `retriever = FAISS.load_local("index", OpenAIEmbeddings()).as_retriever()
def answer(chosen):
    (retriever | join | chosen).invoke("cats")`,
      ['langchain invoke any ()'],
    ],
    [
      'a retriever that has a model write its queries',
      `from langchain.retrievers.multi_query import MultiQueryRetriever
MultiQueryRetriever.from_llm(retriever=anything, llm=ChatOpenAI(model="gpt-6-luna")).invoke("cats")`,
      ['langchain invoke openai gpt-6-luna'],
    ],
    [
      'a splitter that compares meanings, and a ranking of what was found',
      `from langchain_cohere import CohereRerank
from langchain_experimental.text_splitter import SemanticChunker
SemanticChunker(OpenAIEmbeddings()).create_documents(["a"])
CohereRerank(model="rerank-v3.5").compress_documents(docs, "cats")`,
      ['langchain embeddings openai (text-embedding-ada-002)', 'langchain rerank cohere rerank-v3.5'],
    ],
    [
      'a store that is only a parameter',
      `def search(vector_store, notes):
    notes.add_documents(["a"])
    vector_store.add_documents(["a"])
    return vector_store.similarity_search("cats")`,
      ['langchain embeddings any ()', 'langchain embeddings any ()'],
    ],
    [
      "a retriever of the project's own",
      `from langchain_core.retrievers import BaseRetriever
class Shelf(BaseRetriever):
    def _get_relevant_documents(self, query):
        return []
Shelf().invoke("cats")`,
      [],
    ],
  ])('%s', (_, program, expected) => expect(py(IMPORTS + program)).toEqual(expected));
});

describe('a graph of LangGraph', () => {
  const IMPORTS = `from langgraph.graph import StateGraph
from langgraph.prebuilt import create_react_agent
from langchain_openai import ChatOpenAI
`;
  it('is no call where its nodes are functions, whatever it is called', () => {
    const program = `def step(state):
    return state
agent = StateGraph(dict).add_node("step", step).compile()
agent.invoke({})`;
    expect(py(IMPORTS + program)).toEqual([]);
  });

  it('runs the agents among its nodes', () => {
    const program = `graph = StateGraph(dict)
graph.add_node("writer", create_react_agent(ChatOpenAI(model="gpt-6-luna"), [], prompt="Be brief."))
app = graph.compile()
app.invoke({}, {"recursion_limit": 20})`;
    expect(py(IMPORTS + program)).toEqual(['langchain agent openai gpt-6-luna static']);
  });
});

describe('frameworks for agents and pipelines', () => {
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      "Haystack's integrations, by the beginnings of their names",
      `from haystack.components.embedders import SentenceTransformersTextEmbedder
from haystack_integrations.components.embedders.vllm import VLLMTextEmbedder
from haystack_integrations.components.generators.anthropic import AnthropicVertexChatGenerator
from haystack_integrations.components.generators.google_genai import GoogleGenAIChatGenerator
from haystack_integrations.components.generators.brandnew import BrandNewChatGenerator
from haystack_integrations.components.rankers.cohere import CohereRanker
AnthropicVertexChatGenerator(model="claude-haiku-5-5").run(messages=[])
GoogleGenAIChatGenerator(model="gemini-3.8-flash").run(messages=[])
GoogleGenAIChatGenerator(model="gemini-3.8-flash", api="vertex").run(messages=[])
BrandNewChatGenerator(model="m").run(messages=[])
CohereRanker(model="rerank-v3.5").run("cats", documents)
VLLMTextEmbedder(model="m").run("cats")
SentenceTransformersTextEmbedder().run("cats")`,
      [
        'haystack generate google-vertex claude-haiku-5-5',
        'haystack generate google gemini-3.8-flash',
        'haystack generate google-vertex gemini-3.8-flash',
        'haystack generate unknown m',
        'haystack rerank cohere rerank-v3.5',
        'haystack embeddings vllm m',
      ],
    ],
    [
      'components of Haystack that ask a generator',
      `from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.rankers import LLMRanker
LLMRanker(chat_generator=OpenAIChatGenerator(model="gpt-6-luna")).run(query="cats", documents=documents)`,
      ['haystack generate openai gpt-6-luna'],
    ],
    [
      'functions of a Semantic Kernel',
      `from semantic_kernel import Kernel
from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion
from semantic_kernel.functions import KernelFunctionFromPrompt
kernel = Kernel()
kernel.add_service(OpenAIChatCompletion(ai_model_id="gpt-6-luna"))
summary = KernelFunctionFromPrompt(function_name="summary", prompt="Sum up: {{$text}}")
added = kernel.add_function(plugin_name="p", function_name="f", prompt="Hello")
async def main():
    await kernel.invoke(summary, text="a")
    await summary.invoke(kernel, text="a")
    await kernel.invoke(added)
    await Kernel().invoke(plain)`,
      Array<string>(3).fill('semantic-kernel invoke openai gpt-6-luna'),
    ],
    [
      'agents of Semantic Kernel that work together, and one that is a parameter',
      `from semantic_kernel.agents import ChatCompletionAgent, SequentialOrchestration
from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion
service = AzureChatCompletion(deployment_name="gpt-6-luna")
writer = ChatCompletionAgent(service=service, name="writer", instructions="Be brief.")
async def main(agent):
    await SequentialOrchestration(members=[writer]).invoke(task="hi", runtime=runtime)
    await agent.get_response(messages="hi")`,
      ['semantic-kernel agent azure gpt-6-luna static', 'semantic-kernel agent any ()'],
    ],
    [
      "workflows of Microsoft's Agent Framework",
      `from agent_framework import Agent, ChatClientProtocol, SequentialBuilder, WorkflowBuilder
from agent_framework.openai import OpenAIChatClient
agent = Agent(client=OpenAIChatClient(model="gpt-6-luna"), instructions="Be brief.")
async def main(start, client: ChatClientProtocol):
    await SequentialBuilder(participants=[agent]).build().run("hi")
    SequentialBuilder().participants([agent]).build().run_stream("hi")
    await WorkflowBuilder(start_executor=start).add_edge(start, agent).build().run("hi")
    await client.get_response(messages="hi")
async def other(agent):
    async for update in agent.run_stream("hi"):
        pass`,
      [
        'autogen agent openai gpt-6-luna static',
        'autogen agent openai gpt-6-luna static',
        'autogen agent openai gpt-6-luna static',
        'autogen invoke any ()',
        'autogen agent any ()',
      ],
    ],
    [
      "an agent as a tool of Google's kit",
      `from google.adk.agents import Agent
from google.adk.tools.agent_tool import AgentTool
async def ask(question, tool_context):
    tool = AgentTool(agent=Agent(model="gemini-3.8-flash", name="a", instruction="Be brief."))
    return await tool.run_async(args={"request": question}, tool_context=tool_context)`,
      ['google-adk agent google gemini-3.8-flash static'],
    ],
    [
      "an Azure project's own OpenAI client",
      `from azure.ai.projects import AIProjectClient
with AIProjectClient(endpoint=endpoint, credential=credential) as project:
    client = project.get_openai_client()
    client.responses.create(model="gpt-6-luna", input="hi")`,
      ['openai responses azure gpt-6-luna'],
    ],
    [
      'a reranking of Together on a client out of sight',
      'client.rerank.create(model="Salesforce/Llama-Rank-V1", query=query, documents=documents)',
      ['together rerank together Salesforce/Llama-Rank-V1'],
    ],
    [
      'conversations of Mistral',
      `from mistralai import Mistral
async def ask():
    client = Mistral()
    await client.beta.conversations.run_async(run_ctx=context, inputs="hi")
    await client.beta.conversations.restart_stream_async(conversation_id=c, inputs="hi")`,
      ['mistral chat mistral ()', 'mistral chat mistral ()'],
    ],
    [
      'an older class of LlamaIndex for images',
      `from llama_index.multi_modal_llms.mistralai import MistralAIMultiModal
MistralAIMultiModal(model="pixtral-12b-2409", max_new_tokens=90).complete(prompt="hi", image_documents=images)`,
      ['llamaindex completion mistral pixtral-12b-2409 90'],
    ],
    [
      'a client of Hugging Face that is only a parameter',
      `from huggingface_hub import InferenceClient
def ask(client, **options):
    return client.chat_completion(messages=[], **options)`,
      ['huggingface chat.completions huggingface ()'],
    ],
    [
      'a model of DSPy that is set for all',
      `import dspy
dspy.settings.configure(lm=dspy.LM("openai/gpt-6-luna"))
dspy.streamify(dspy.Predict("question -> answer"))(question="hi")`,
      ['dspy invoke openai openai/gpt-6-luna static'],
    ],
  ])('%s', (_, program, expected) => expect(py(program)).toEqual(expected));
});

describe('what LlamaIndex builds around models', () => {
  const IMPORTS = `from llama_index.core import PropertyGraphIndex, VectorStoreIndex, get_response_synthesizer
from llama_index.core.evaluation import FaithfulnessEvaluator
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.program import LLMTextCompletionProgram
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.embeddings.brandnew import BrandNewEmbedding
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.llms.openai import OpenAI
from llama_index.postprocessor.cohere_rerank import CohereRerank
llm = OpenAI(model="gpt-6-luna")
`;
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'engines, programs, synthesizers, evaluators and indexes that a model writes',
      `CitationQueryEngine.from_args(index, llm=llm).query("hi")
LLMTextCompletionProgram.from_defaults(output_cls=Answer, prompt_template_str="Say {word}", llm=llm)(word="a")
get_response_synthesizer(llm=llm).synthesize("hi", nodes=nodes)
FaithfulnessEvaluator(llm=llm).evaluate_response(query="hi", response=answer)
PropertyGraphIndex.from_documents(documents, llm=llm)`,
      [
        'llamaindex invoke openai gpt-6-luna unknown',
        'llamaindex completion openai gpt-6-luna',
        'llamaindex invoke openai gpt-6-luna',
        'llamaindex invoke openai gpt-6-luna',
        'llamaindex invoke openai gpt-6-luna',
      ],
    ],
    [
      'pipelines that embed, and those that do not or do it on the machine',
      `IngestionPipeline(transformations=[SentenceSplitter(), OpenAIEmbedding(model="text-embedding-3-small")]).run(documents=documents)
IngestionPipeline(transformations=[SentenceSplitter()]).run(documents=documents)
IngestionPipeline(transformations=[HuggingFaceEmbedding()]).run(documents=documents)
VectorStoreIndex.from_documents(documents, embed_model=HuggingFaceEmbedding())`,
      ['llamaindex embeddings openai text-embedding-3-small'],
    ],
    [
      'a reranker, and embeddings of a package that is not known',
      `CohereRerank(model="rerank-v3.5").postprocess_nodes(nodes, query_str="hi")
BrandNewEmbedding().get_text_embedding("hi")`,
      ['llamaindex rerank cohere rerank-v3.5', 'llamaindex embeddings unknown ()'],
    ],
  ])('%s', (_, program, expected) => expect(py(IMPORTS + program)).toEqual(expected));
});

describe("LlamaIndex's models for all", () => {
  const IMPORTS = `from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.embeddings.openai import OpenAIEmbedding
from llama_index.llms.anthropic import Anthropic
from llama_index.llms.openai import OpenAI
`;
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'are asked where nothing else is given',
      `Settings.llm = OpenAI(model="gpt-6-luna")
Settings.embed_model = OpenAIEmbedding(model="text-embedding-3-small")
index = VectorStoreIndex.from_documents(documents)
index.as_query_engine().query("hi")
index.as_query_engine(llm=Anthropic(model="claude-haiku-5-5")).query("hi")
index.as_retriever().retrieve("hi")`,
      [
        'llamaindex embeddings openai text-embedding-3-small',
        'llamaindex invoke openai gpt-6-luna',
        'llamaindex invoke anthropic claude-haiku-5-5',
        'llamaindex embeddings openai text-embedding-3-small',
      ],
    ],
    [
      'are those of the place of the call, and of a function that sets them up',
      `def set_up():
    Settings.llm = OpenAI(model="gpt-6-luna")
def ask(index):
    return index_of().as_query_engine().query("hi")
def index_of():
    return VectorStoreIndex(nodes, embed_model=OpenAIEmbedding(model="text-embedding-3-small"))`,
      ['llamaindex invoke openai gpt-6-luna'],
    ],
    [
      'may be substitutes',
      `Settings.llm = MockLLM()
VectorStoreIndex.from_vector_store(store).as_query_engine().query("hi")`,
      [],
    ],
    [
      "an index's embeddings are not its engine's model",
      `index = VectorStoreIndex(nodes, embed_model=OpenAIEmbedding(model="text-embedding-3-small"))
index.as_query_engine().query("hi")`,
      ['llamaindex invoke openai (gpt-5.6-terra)'],
    ],
    [
      'are the default ones in a program that sets none',
      `index = VectorStoreIndex.from_documents(documents)
index.as_query_engine().query("hi")`,
      ['llamaindex embeddings openai (text-embedding-ada-002)', 'llamaindex invoke openai (gpt-5.6-terra)'],
    ],
    [
      'are open in a function, whose caller may have set them',
      `def ask(index):
    return VectorStoreIndex(nodes).as_query_engine().query("hi")`,
      ['llamaindex invoke any ()'],
    ],
    [
      'are open in a program that has other modules',
      `from .models import set_up
set_up()
VectorStoreIndex(nodes).as_query_engine().query("hi")`,
      ['llamaindex invoke any ()'],
    ],
  ])('%s', (_, program, expected) => expect(py(IMPORTS + program)).toEqual(expected));
});

describe('objects that are called themselves', () => {
  it('are found where a class holds them', () => {
    const program = `import dspy
dspy.configure(lm=dspy.LM("openai/gpt-6-luna"))
class Summary(dspy.Module):
    def __init__(self):
        super().__init__()
        self.outline = dspy.Predict("text -> outline")
        self.write = dspy.ChainOfThought("outline -> text")
    def forward(self, text):
        return self.write(outline=self.outline(text=text).outline)`;
    expect(py(program)).toEqual(Array<string>(2).fill('dspy invoke openai openai/gpt-6-luna static'));
  });

  it('send the docstring and the fields of their signature, and what they are called with', () => {
    const program = `import dspy
class Answer(dspy.Signature):
    """Answer briefly, and only from the context."""
    context = dspy.InputField(desc="passages of the manual")
    answer: str = dspy.OutputField()
predict = dspy.Predict(Answer)
def ask(context):
    return predict(context=context, question="How do I restart it?", config={"max_tokens": 70})`;
    const [call] = callsIn('/app/main.py', program);
    const texts = call?.sections.map(({ segments }) => segments.map(({ text }) => text ?? '?').join(''));
    expect(texts).toEqual([
      'Answer briefly, and only from the context.\ncontext: passages of the manual\nanswer',
      'context: ?\nquestion: How do I restart it?\n',
    ]);
    expect(call?.system).toBe('static');
    expect(call?.outputLimit.tokens).toBe(70);
  });

  it('are no calls where what they hold is none', () => {
    const program = `import dspy
class Summary(dspy.Module):
    def __init__(self, table):
        self.clean = table.lookup("clean")
        self.join = ", ".join
    def forward(self, text):
        return self.join(self.clean(text))`;
    expect(py(program)).toEqual([]);
  });
});

describe('services and memories beside the frameworks', () => {
  it.each<[name: string, program: string, expected: readonly string[]]>([
    [
      'Mem0 writes with one model and embeds with another',
      `from mem0 import Memory
memory = Memory.from_config({
    "llm": {"provider": "anthropic", "config": {"model": "claude-haiku-5-5", "max_tokens": 900}},
    "embedder": {"provider": "openai", "config": {"model": "text-embedding-3-large"}},
})
memory.add(messages, user_id="u")
memory.search(query="cats", user_id="u")
memory.get_all(user_id="u")`,
      ['mem0 invoke anthropic claude-haiku-5-5 900 unknown', 'mem0 embed openai text-embedding-3-large'],
    ],
    [
      'Mem0 by default, and with a provider whose default it is not',
      `from mem0 import AsyncMemory, Memory
from mem0.configs.base import MemoryConfig
AsyncMemory().add("I like cats", user_id="u")
Memory(config=MemoryConfig(llm={"provider": "groq"})).add("I like cats")
Memory().search("cats")`,
      ['mem0 invoke openai (gpt-5-mini)', 'mem0 invoke groq ()', 'mem0 embed openai (text-embedding-3-small)'],
    ],
    [
      'Writer',
      `from writerai import Writer
client = Writer()
client.chat.chat(model="palmyra-x5", messages=[{"role": "user", "content": "hi"}], max_tokens=60)
client.applications.generate_content(application_id="a", inputs=[])`,
      ['writer chat.completions writer palmyra-x5 60', 'writer generate writer ()'],
    ],
    [
      'LiveKit, a session with a model of a plugin',
      `from livekit.agents import Agent, AgentSession
from livekit.plugins import openai, deepgram
session = AgentSession(stt=deepgram.STT(model="nova-2"), llm=openai.LLM(model="gpt-6-luna"))
async def entry(ctx):
    await session.start(room=ctx.room, agent=Agent(instructions="Be brief."))
    await session.generate_reply(instructions="Greet the user.")
AgentSession(llm="anthropic/claude-haiku-5-5").start(agent=helper)`,
      [
        'livekit agent openai gpt-6-luna static',
        'livekit agent openai gpt-6-luna',
        'livekit agent anthropic anthropic/claude-haiku-5-5 unknown',
      ],
    ],
  ])('%s', (_, program, expected) => {
    expect(py(program)).toEqual(expected);
  });
});
