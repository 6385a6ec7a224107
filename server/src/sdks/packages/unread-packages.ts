/**
 * Packages that send requests to language models, or run agents that do, by the names under which code imports them. Those
 * that a descriptor describes are read; a report names the others, so that silence is not taken for an absence of calls.
 * A package that only runs models on the machine is not among them: its calls cost nothing.
 */
import type { Registry } from '../registry.ts';

const PYTHON = [
  'agency_swarm',
  'agno',
  'ai21',
  'aisuite',
  'aleph_alpha_client',
  'autogen',
  'autogen_agentchat',
  'baml_client',
  'beeai_framework',
  'browser_use',
  'camel',
  'cerebras',
  'claude_agent_sdk',
  'controlflow',
  'cozepy',
  'crewai',
  'dashscope',
  'dspy',
  'ell',
  'embedchain',
  'fireworks',
  'g4f',
  'google.adk',
  'griptape',
  'guidance',
  'haystack',
  'ibm_watsonx_ai',
  'julep',
  'langroid',
  'letta',
  'letta_client',
  'lightrag',
  'llama_index',
  'llama_stack_client',
  'llmware',
  'lmql',
  'magentic',
  'marvin',
  'mem0',
  'metagpt',
  'mirascope',
  'nemoguardrails',
  'octoai',
  'outlines',
  'phi',
  'pydantic_ai',
  'qianfan',
  'reka',
  'replicate',
  'sambanova',
  'semantic_kernel',
  'smolagents',
  'stagehand',
  'strands',
  'swarm',
  'swarms',
  'taskweaver',
  'txtai',
  'vanna',
  'vertexai',
  'voyageai',
  'writerai',
  'xai_sdk',
  'zhipuai',
];
const JAVASCRIPT = [
  '@agentic/core',
  '@anthropic-ai/claude-agent-sdk',
  '@ax-llm/ax',
  '@boundaryml/baml',
  '@browserbasehq/stagehand',
  '@cerebras/cerebras_cloud_sdk',
  '@copilotkit/runtime',
  '@coze/api',
  '@google/adk',
  '@ibm-cloud/watsonx-ai',
  '@julep/sdk',
  '@letta-ai/letta-client',
  '@openai/agents',
  '@openrouter/sdk',
  '@strands-agents/sdk',
  'ai21',
  'baml_client',
  'beeai-framework',
  'bee-agent-framework',
  'dify-client',
  'fireworks-ai',
  'langbase',
  'llamaindex',
  'llm-exe',
  'mem0ai',
  'modelfusion',
  'multi-llm-ts',
  'replicate',
  'voyageai',
  'writer-sdk',
  'zerox',
  'zhipuai-sdk-nodejs-v4',
];

/** Returns the names of packages in these lists that a text (latin1) imports and no descriptor of `registry` describes. */
export function createUnreadSearch(registry: Registry): (text: string) => readonly string[] {
  const unread = (names: readonly string[]) =>
    names
      .filter((name) => registry.byModule(name) === null)
      .map(quote)
      .join('|');
  const python = new RegExp(String.raw`(?:^|["\n])[ \t]*(?:from|import)[ \t]+(${unread(PYTHON)})(?![\w-])`, 'g');
  const javascript = new RegExp(String.raw`\b(?:from|import|require)\s*\(?\s*['"](${unread(JAVASCRIPT)})['"/]`, 'g');
  return (text) => {
    if (!text.includes('import') && !text.includes('require')) return [];
    const names = [python, javascript].flatMap((pattern) =>
      Array.from(text.matchAll(pattern), ([, name = '']) => name),
    );
    return [...new Set(names)];
  };
}

/** True for the name of a package in these lists, as code imports it. */
export function isListed(name: string): boolean {
  return PYTHON.includes(name) || JAVASCRIPT.includes(name);
}

function quote(name: string): string {
  return name.replace(/[.]/g, '\\.');
}
