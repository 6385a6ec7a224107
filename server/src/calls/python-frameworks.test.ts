/** Python programs as the documents of each framework write them, beyond those that both languages share. */
import { describe, expect, it } from 'vitest';
import { linesIn } from './testing.ts';

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
