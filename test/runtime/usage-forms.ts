/** Every form in which a provider says what a call used. */
import { eventStream } from '../support/event-stream.ts';
import type { Answer } from './call-with.ts';

const sse = (...events: readonly (object | string)[]): string =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
const spaced = (text: string): string => text.replaceAll(':{', ': {').replaceAll('":', '": ');

const CHAT = 'https://api.openai.com/v1/chat/completions';
const streamed = { model: 'gpt-4o', stream: true, stream_options: { include_usage: true } };
const piece = { id: 'c', model: 'm', choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] };
const last = { id: 'c', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const counts = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };
const BEDROCK = 'https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1%3A0';
export const GEMINI = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash';
const VERTEX = 'https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers';

export const FORMS: readonly (readonly [name: string, answer: Answer, usage: object])[] = [
  [
    'spaced JSON in events',
    {
      url: CHAT,
      request: streamed,
      type: 'text/event-stream',
      body: spaced(sse(piece, last, { id: 'c', model: 'm', choices: [], usage: counts }, '[DONE]')),
    },
    { input: 20, output: 5 },
  ],
  [
    'a stream that is labelled as text',
    { url: CHAT, request: streamed, type: 'text/plain', body: sse(piece, { ...last, usage: counts }, '[DONE]') },
    { input: 20, output: 5 },
  ],
  [
    'an answer that is labelled as text',
    { url: CHAT, type: 'text/plain', body: { model: 'm', choices: [], usage: counts } },
    { input: 20, output: 5 },
  ],
  [
    'usage that Groq puts into a member of its own',
    {
      url: 'https://api.groq.com/openai/v1/chat/completions',
      request: { model: 'llama-3.3-70b-versatile', stream: true },
      type: 'text/event-stream',
      body: sse(piece, { ...last, x_groq: { id: 'r', usage: counts } }, '[DONE]'),
    },
    { input: 20, output: 5 },
  ],
  [
    "Moonshot's usage in the last choice",
    {
      url: 'https://api.moonshot.ai/v1/chat/completions',
      request: { model: 'kimi-k2', stream: true },
      type: 'text/event-stream',
      body: sse(
        piece,
        { ...last, choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: { ...counts, cached_tokens: 4 } }] },
        '[DONE]',
      ),
    },
    { input: 20, output: 5, cachedInput: 4 },
  ],
  [
    'reasoning outside of the completion',
    {
      url: 'https://api.x.ai/v1/chat/completions',
      body: {
        model: 'grok-4',
        choices: [],
        usage: {
          prompt_tokens: 20,
          completion_tokens: 5,
          total_tokens: 65,
          completion_tokens_details: { reasoning_tokens: 40 },
        },
      },
    },
    { input: 20, output: 45, reasoning: 40 },
  ],
  [
    'reasoning outside of the total as well',
    {
      url: 'https://ai-gateway.vercel.sh/v1/chat/completions',
      body: { model: 'm', choices: [], usage: { ...counts, completion_tokens_details: { reasoning_tokens: 40 } } },
    },
    { input: 20, output: 45, reasoning: 40 },
  ],
  [
    'more cached tokens than the prompt has',
    {
      url: CHAT,
      body: { model: 'm', choices: [], usage: { ...counts, prompt_tokens_details: { cached_tokens: 64 } } },
    },
    { input: 20, cachedInput: 20, output: 5 },
  ],
  [
    'audio outside of the prompt',
    {
      url: 'https://api.mistral.ai/v1/chat/completions',
      body: {
        model: 'voxtral',
        choices: [],
        usage: {
          prompt_audio_seconds: 4,
          prompt_tokens: 9,
          completion_tokens: 5,
          total_tokens: 64,
          prompt_tokens_details: { audio_tokens: 50 },
        },
      },
    },
    { input: 59, audioInput: 50, output: 5, fees: { 'audio-second': 4 } },
  ],
  [
    'audio and pictures in the details',
    {
      url: CHAT,
      body: {
        model: 'm',
        choices: [],
        usage: {
          prompt_tokens: 100,
          completion_tokens: 60,
          total_tokens: 160,
          prompt_tokens_details: { audio_tokens: 30, image_tokens: 20 },
          completion_tokens_details: { audio_tokens: 50 },
        },
      },
    },
    { input: 100, audioInput: 30, imageInput: 20, output: 60, audioOutput: 50 },
  ],
  [
    'searches and sources',
    {
      url: 'https://api.x.ai/v1/chat/completions',
      body: {
        model: 'm',
        choices: [],
        usage: { ...counts, num_sources_used: 3, server_side_tool_usage_details: { web_search_calls: 2 } },
      },
    },
    { input: 20, output: 5, fees: { source: 3, 'web-search': 2 } },
  ],
  [
    'an older completion',
    {
      url: 'https://api.openai.com/v1/completions',
      request: { model: 'gpt-3.5-turbo-instruct', prompt: 'Hi' },
      body: { model: 'm', choices: [{ text: 'Hi', finish_reason: 'stop' }], usage: counts },
    },
    { input: 20, output: 5 },
  ],
  [
    'an older completion, streamed',
    {
      url: 'https://api.together.xyz/v1/completions',
      request: { model: 'm', prompt: 'Hi', stream: true },
      type: 'text/event-stream',
      body: sse(
        { model: 'm', choices: [{ text: 'Hi', finish_reason: null }], usage: null },
        { model: 'm', choices: [{ text: '', finish_reason: 'eos' }], usage: counts },
        '[DONE]',
      ),
    },
    { input: 20, output: 5 },
  ],
  [
    'responses with tools of the provider',
    {
      url: 'https://api.openai.com/v1/responses',
      request: { model: 'gpt-5' },
      body: {
        model: 'gpt-5',
        status: 'completed',
        output: [
          { type: 'web_search_call', action: { type: 'search' } },
          { type: 'web_search_call', action: { type: 'open_page' } },
          { type: 'code_interpreter_call', container_id: 'a' },
          { type: 'code_interpreter_call', container_id: 'a' },
        ],
        usage: {
          input_tokens: 20,
          output_tokens: 5,
          total_tokens: 25,
          input_tokens_details: { cached_tokens: 4, cache_write_tokens: 6 },
        },
      },
    },
    { input: 20, output: 5, cachedInput: 4, cacheWriteInput: 6, fees: { 'web-search': 1, 'code-execution': 1 } },
  ],
  [
    'a container of the response, by its memory',
    {
      url: 'https://api.openai.com/v1/responses',
      request: { model: 'gpt-5' },
      body: {
        model: 'gpt-5',
        status: 'completed',
        tools: [{ type: 'code_interpreter', container: { type: 'auto', memory_limit: '4g' } }],
        output: [{ type: 'code_interpreter_call', container_id: 'a' }],
        usage: { input_tokens: 20, output_tokens: 5, total_tokens: 25 },
      },
    },
    { input: 20, output: 5, fees: { 'code-execution': 4 } },
  ],
  [
    'a compacted history',
    {
      url: 'https://api.openai.com/v1/responses/compact',
      request: { model: 'gpt-5' },
      body: {
        object: 'response.compaction',
        output: [],
        usage: { input_tokens: 20, output_tokens: 5, total_tokens: 25 },
      },
    },
    { input: 20, output: 5 },
  ],
  [
    'messages with both lifetimes, thinking and a search',
    {
      url: 'https://api.anthropic.com/v1/messages',
      request: { model: 'claude-sonnet-4-5' },
      body: {
        model: 'claude-sonnet-4-5',
        stop_reason: 'end_turn',
        usage: {
          input_tokens: 10,
          cache_read_input_tokens: 100,
          cache_creation_input_tokens: 30,
          cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 10 },
          output_tokens: 50,
          output_tokens_details: { thinking_tokens: 40 },
          server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
        },
      },
    },
    {
      input: 140,
      cachedInput: 100,
      cacheWriteInput: 20,
      cacheWriteLongInput: 10,
      output: 50,
      reasoning: 40,
      fees: { 'web-search': 2 },
    },
  ],
  [
    'a compaction and an advisor on the way',
    {
      url: 'https://api.anthropic.com/v1/messages',
      request: { model: 'claude-sonnet-4-5' },
      body: {
        model: 'claude-sonnet-4-5',
        stop_reason: 'end_turn',
        usage: {
          input_tokens: 10,
          output_tokens: 50,
          iterations: [
            { type: 'compaction', input_tokens: 1000, output_tokens: 70 },
            { type: 'advisor_message', model: 'claude-opus-4-8', input_tokens: 25, output_tokens: 3 },
            { type: 'message', input_tokens: 10, output_tokens: 50 },
          ],
        },
      },
    },
    { input: 1010, output: 120, others: [{ model: 'claude-opus-4-8', usage: { input: 25, output: 3 } }] },
  ],
  [
    "messages at Vertex's address",
    {
      url: `${VERTEX}/anthropic/models/claude-sonnet-4-5@20250929:rawPredict`,
      body: {
        model: 'claude-sonnet-4-5-20250929',
        stop_reason: 'end_turn',
        usage: { input_tokens: 20, output_tokens: 5 },
      },
    },
    { input: 20, output: 5 },
  ],
  [
    "a stream at Vertex's address",
    {
      url: `${VERTEX}/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict`,
      type: 'text/event-stream',
      body: sse(
        { type: 'message_start', message: { model: 'm', usage: { input_tokens: 20, output_tokens: 1 } } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
        { type: 'message_stop' },
      ),
    },
    { input: 20, output: 5 },
  ],
  [
    'code that ran in a container',
    {
      url: 'https://api.anthropic.com/v1/messages',
      request: { model: 'claude-sonnet-4-5' },
      body: {
        model: 'm',
        stop_reason: 'end_turn',
        container: { id: 'container_1' },
        usage: { input_tokens: 20, output_tokens: 5 },
      },
    },
    { input: 20, output: 5, fees: { 'code-execution': 1 } },
  ],
  [
    'a place on a map, and chunks of a file that cost nothing',
    {
      url: `${GEMINI}:generateContent`,
      body: {
        candidates: [
          { finishReason: 'STOP', groundingMetadata: { groundingChunks: [{ maps: {} }, { retrievedContext: {} }] } },
        ],
        usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 5 },
      },
    },
    { input: 20, output: 5, fees: { maps: 1 } },
  ],
  [
    "Gemini's stream as one array",
    {
      url: `${GEMINI}:streamGenerateContent`,
      body: `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: '"]}' }] } }], usageMetadata: { promptTokenCount: 20, totalTokenCount: 20 } })}\n,\r\n${JSON.stringify({ candidates: [{ content: { parts: [] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 5, thoughtsTokenCount: 7, totalTokenCount: 32 } })}]`,
    },
    { input: 20, output: 12, reasoning: 7 },
  ],
  [
    'media, a search and enumerations as numbers',
    {
      url: `${GEMINI}:generateContent`,
      body: {
        candidates: [{ content: { parts: [] }, finishReason: 1, groundingMetadata: { webSearchQueries: ['a', 'b'] } }],
        usageMetadata: {
          promptTokenCount: 300,
          toolUsePromptTokenCount: 11,
          candidatesTokenCount: 1300,
          promptTokensDetails: [
            { modality: 'AUDIO', tokenCount: 30 },
            { modality: 2, tokenCount: 258 },
          ],
          candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
        },
      },
    },
    {
      input: 311,
      audioInput: 30,
      imageInput: 258,
      output: 1300,
      imageOutput: 1290,
      fees: { grounding: 1, 'web-search': 2 },
    },
  ],
  [
    'a batch to embed',
    {
      url: `${GEMINI.replace('2.5-flash', 'embedding-2')}:batchEmbedContents`,
      body: { embeddings: [], usageMetadata: { promptTokenCount: 9 } },
    },
    { input: 9, output: 0 },
  ],
  [
    "Vertex's older embeddings",
    {
      url: `${VERTEX}/google/models/text-embedding-005:predict`,
      body: {
        predictions: [
          { embeddings: { statistics: { token_count: 4 } } },
          { embeddings: { statistics: { token_count: 5 } } },
        ],
      },
    },
    { input: 9, output: 0 },
  ],
  [
    'an interaction',
    {
      url: 'https://generativelanguage.googleapis.com/v1beta/interactions',
      body: {
        model: 'm',
        status: 'completed',
        usage: { total_input_tokens: 20, total_output_tokens: 5, total_thought_tokens: 7, total_cached_tokens: 4 },
      },
    },
    { input: 20, output: 12, reasoning: 7, cachedInput: 4 },
  ],
  [
    'converse',
    {
      url: `${BEDROCK}/converse`,
      body: {
        output: {},
        stopReason: 'end_turn',
        usage: {
          inputTokens: 20,
          outputTokens: 5,
          cacheReadInputTokens: 4,
          cacheWriteInputTokens: 6,
          cacheDetails: [{ ttl: '1h', inputTokens: 6 }],
        },
      },
    },
    { input: 30, output: 5, cachedInput: 4, cacheWriteInput: 0, cacheWriteLongInput: 6 },
  ],
  [
    'converse, streamed in binary events',
    {
      url: `${BEDROCK}/converse-stream`,
      type: 'application/vnd.amazon.eventstream',
      body: eventStream(
        ['contentBlockDelta', { delta: { text: 'Hi' } }],
        ['messageStop', { stopReason: 'end_turn' }],
        ['metadata', { usage: { inputTokens: 20, outputTokens: 5 } }],
      ),
    },
    { input: 20, output: 5 },
  ],
  [
    "a model's own stream inside of binary events",
    {
      url: `${BEDROCK}/invoke-with-response-stream`,
      type: 'application/vnd.amazon.eventstream',
      body: eventStream(
        [
          'chunk',
          {
            bytes: btoa(
              JSON.stringify({ type: 'message_start', message: { usage: { input_tokens: 20, output_tokens: 1 } } }),
            ),
          },
        ],
        [
          'chunk',
          {
            bytes: btoa(
              JSON.stringify({
                type: 'message_delta',
                delta: { stop_reason: 'end_turn' },
                usage: { output_tokens: 6 },
              }),
            ),
          },
        ],
        [
          'chunk',
          {
            bytes: btoa(
              JSON.stringify({
                type: 'message_stop',
                'amazon-bedrock-invocationMetrics': { inputTokenCount: 20, outputTokenCount: 5 },
              }),
            ),
          },
        ],
      ),
    },
    { input: 20, output: 5 },
  ],
  [
    "Llama's own counts",
    {
      url: `${BEDROCK}/invoke`,
      body: { generation: 'Hi', prompt_token_count: 20, generation_token_count: 5, stop_reason: 'stop' },
    },
    { input: 20, output: 5 },
  ],
  [
    "Titan's own counts",
    {
      url: `${BEDROCK}/invoke`,
      body: { inputTextTokenCount: 20, results: [{ tokenCount: 5, completionReason: 'FINISH' }] },
    },
    { input: 20, output: 5 },
  ],
  [
    'counts in headers alone',
    {
      url: `${BEDROCK}/invoke`,
      headers: { 'x-amzn-bedrock-input-token-count': '20', 'x-amzn-bedrock-output-token-count': '5' },
      body: { outputs: [{ text: 'Hi' }] },
    },
    { input: 20, output: 5 },
  ],
  [
    'what Cohere bills, not what its models read',
    {
      url: 'https://api.cohere.com/v2/chat',
      body: {
        finish_reason: 'COMPLETE',
        usage: {
          billed_units: { input_tokens: 20, output_tokens: 5 },
          tokens: { input_tokens: 515, output_tokens: 8 },
        },
      },
    },
    { input: 20, output: 5 },
  ],
  [
    "Cohere's stream",
    {
      url: 'https://api.cohere.com/v2/chat',
      request: { model: 'command-a-03-2025', stream: true },
      type: 'text/event-stream',
      body: sse(
        { type: 'content-delta', delta: { message: { content: { text: 'Hi' } } } },
        {
          type: 'message-end',
          delta: { finish_reason: 'COMPLETE', usage: { billed_units: { input_tokens: 20, output_tokens: 5 } } },
        },
      ),
    },
    { input: 20, output: 5 },
  ],
  [
    'a ranking',
    { url: 'https://api.cohere.com/v2/rerank', body: { results: [], meta: { billed_units: { search_units: 1 } } } },
    { input: 0, output: 0, fees: { 'search-unit': 1 } },
  ],
  [
    "Voyage's total",
    {
      url: 'https://api.voyageai.com/v1/embeddings',
      body: { data: [], model: 'voyage-3.5', usage: { total_tokens: 9 } },
    },
    { input: 9, output: 0 },
  ],
  [
    "Ollama's lines",
    {
      url: 'http://localhost:11434/api/chat',
      request: { model: 'm' },
      type: 'application/x-ndjson',
      body: '{"model":"m","message":{"content":"Hi"},"done":false}\n{"model":"m","done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":5}\n',
    },
    { input: 20, output: 5 },
  ],
  [
    "Cloudflare's own answer",
    {
      url: 'https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/meta/llama-3.1-8b-instruct',
      body: { success: true, result: { response: 'Hi', usage: counts } },
    },
    { input: 20, output: 5 },
  ],
  [
    "watsonx's results",
    {
      url: 'https://us-south.ml.cloud.ibm.com/ml/v1/text/generation?version=2024-05-31',
      body: {
        model_id: 'm',
        results: [
          { generated_text: 'Hi', input_token_count: 12, generated_token_count: 3 },
          { generated_text: 'Ho', input_token_count: 8, generated_token_count: 2 },
        ],
      },
    },
    { input: 20, output: 5 },
  ],
  [
    "Replicate's metrics",
    {
      url: 'https://api.replicate.com/v1/predictions',
      body: { status: 'succeeded', output: ['Hi'], metrics: { input_token_count: 20, output_token_count: 5 } },
    },
    { input: 20, output: 5 },
  ],
  [
    'the own completion of llama.cpp',
    { url: 'http://localhost:8080/completion', body: { content: 'Hi', tokens_evaluated: 20, tokens_predicted: 5 } },
    { input: 20, output: 5 },
  ],
  [
    "PaLM's metadata",
    {
      url: `${VERTEX}/google/models/text-bison:predict`,
      body: {
        predictions: [{ content: 'Hi' }],
        metadata: {
          tokenMetadata: { inputTokenCount: { totalTokens: 20 }, outputTokenCount: { totalTokens: 5 } },
        },
      },
    },
    { input: 20, output: 5 },
  ],
  [
    'counted tokens',
    { url: 'https://api.anthropic.com/v1/messages/count_tokens', body: { input_tokens: 20 } },
    { input: 20, output: 0 },
  ],
];
