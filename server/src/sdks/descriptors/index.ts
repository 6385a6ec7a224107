/** All descriptors. Where a method path fits several, the first that the file imports wins, and then the first. */
import type { SdkDescriptor } from '../descriptor.ts';
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { bedrock } from './bedrock.ts';
import { cohere } from './cohere.ts';
import { googleGenai } from './google-genai.ts';
import { googleGenerativeai } from './google-generativeai.ts';
import { groq } from './groq.ts';
import { axios, httpFetch, pythonHttp } from './http.ts';
import { instructor } from './instructor.ts';
import { langchain } from './langchain.ts';
import { litellm } from './litellm.ts';
import { mistral } from './mistral.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { portkey } from './portkey.ts';
import { together } from './together.ts';

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
  httpFetch,
  axios,
  pythonHttp,
];
