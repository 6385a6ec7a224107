/** All descriptors. Where a method path fits several, the first that the file imports wins, and then the first. */
import type { SdkDescriptor } from '../descriptor.ts';
import { agentKit } from './agents/agent-kit.ts';
import { agno } from './agents/agno.ts';
import { autogen } from './agents/autogen.ts';
import { browserUse } from './agents/browser-use.ts';
import { claudeAgentSdk } from './agents/claude-agent-sdk.ts';
import { crewai } from './agents/crewai.ts';
import { dspy } from './agents/dspy.ts';
import { ell } from './agents/ell.ts';
import { genkit } from './agents/genkit.ts';
import { googleAdk } from './agents/google-adk.ts';
import { haystack } from './agents/haystack.ts';
import { livekit } from './agents/livekit.ts';
import { llamaindex } from './agents/llamaindex.ts';
import { magentic } from './agents/magentic.ts';
import { mastra } from './agents/mastra.ts';
import { mem0 } from './agents/mem0.ts';
import { mirascope } from './agents/mirascope.ts';
import { openaiAgents, openaiAgentsTypescript } from './agents/openai-agents.ts';
import { pydanticAi } from './agents/pydantic-ai.ts';
import { semanticKernel } from './agents/semantic-kernel.ts';
import { smolagents } from './agents/smolagents.ts';
import { stagehand } from './agents/stagehand.ts';
import { strands } from './agents/strands.ts';
import { voltagent } from './agents/voltagent.ts';
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { azureAi } from './azure-ai.ts';
import { bedrock } from './bedrock.ts';
import { chatgpt } from './chatgpt.ts';
import { cohere } from './cohere.ts';
import { fal } from './fal.ts';
import { googleGenai } from './google-genai.ts';
import { googleGenerativeai } from './google-generativeai.ts';
import { groq } from './groq.ts';
import { axios, httpFetch, needle, pythonHttp, standardLibrary, wretch } from './http.ts';
import { huggingface, huggingfaceTypescript } from './huggingface.ts';
import { instructor } from './instructor.ts';
import { langchain } from './langchain.ts';
import { litellm } from './litellm.ts';
import { mistral } from './mistral.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { aisuite, cerebras, fireworks, openrouter, perplexity, tokenJs } from './openai-clients.ts';
import { portkey } from './portkey.ts';
import { replicate } from './replicate.ts';
import { assemblyai, deepgram, elevenlabs } from './speech.ts';
import { together } from './together.ts';
import { voyage } from './voyage.ts';
import { watsonx } from './watsonx.ts';
import { workersAi } from './workers-ai.ts';
import { writer } from './writer.ts';
import { xai } from './xai.ts';

export const DESCRIPTORS: readonly SdkDescriptor[] = [
  instructor,
  openai,
  anthropic,
  googleGenai,
  googleGenerativeai,
  aiSdk,
  langchain,
  bedrock,
  groq,
  together,
  mistral,
  cohere,
  ollama,
  litellm,
  portkey,
  huggingface,
  huggingfaceTypescript,
  fireworks,
  cerebras,
  openrouter,
  aisuite,
  xai,
  voyage,
  replicate,
  azureAi,
  watsonx,
  deepgram,
  elevenlabs,
  pydanticAi,
  openaiAgents,
  openaiAgentsTypescript,
  claudeAgentSdk,
  googleAdk,
  llamaindex,
  crewai,
  mastra,
  autogen,
  agno,
  smolagents,
  dspy,
  genkit,
  strands,
  browserUse,
  haystack,
  semanticKernel,
  voltagent,
  agentKit,
  stagehand,
  perplexity,
  tokenJs,
  fal,
  assemblyai,
  workersAi,
  ell,
  magentic,
  mirascope,
  mem0,
  livekit,
  writer,
  chatgpt,
  httpFetch,
  axios,
  pythonHttp,
  standardLibrary,
  needle,
  wretch,
];
