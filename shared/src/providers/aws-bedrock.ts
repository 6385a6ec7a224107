import { IMAGES_AND_VIDEO } from './common.ts';
import type { Provider } from './provider.ts';

export const awsBedrock: Provider = {
  name: 'Amazon Bedrock',
  hosts: [
    { host: 'bedrock-runtime*.amazonaws.com' },
    { host: 'bedrock-mantle.*.api.aws' },
    { host: 'bedrock-agent-runtime*.amazonaws.com' },
    { host: 'gateway.ai.cloudflare.com/v1/*/*/aws-bedrock' },
    { host: 'gateway.pydantic.dev/proxy/bedrock' },
  ],
  aliases: ['bedrock', 'bedrock_converse', 'amazon-bedrock'],
  sales: {
    kind: 'host',
    table: 'aws',
    billedAsText: IMAGES_AND_VIDEO,
    hasRegionalIds: true,
    spellings: [
      [/^arn:aws[\w-]*:bedrock:[^/]*:(?:foundation-model|inference-profile)\//, ''],
      [/^bedrock\/(?:converse\/|invoke\/)?(?:[a-z]{2}-[a-z]+-\d\/)?/, ''],
      // The context and revision of an id: -v1:0, -v1:0:200k, -v2-0, :0.
      [/(?:-v\d+(?:[:-]\d+)*(?::\d+k)?|:\d+(?::\d+k)?)$/, ''],
      // Every geographic profile except the global one has the regional price.
      [/^(?:us-gov|us|eu|apac|au|jp|ca|sa|in)\./, ''],
      // The OpenAI-compatible endpoint leaves out the revision.
      [/^(openai\.gpt-oss-\d+b)$/, '$1-1'],
    ],
    makers: [
      { maker: 'anthropic', pattern: /^.*\banthropic\.(claude.+?)(?:-v\d+(?:[:-].*)?)?$/, id: '$1' },
      { maker: 'cohere', pattern: /^.*\bcohere\.(.+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
      { maker: 'openai', pattern: /^.*\bopenai\.(gpt-[5-9].+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
    ],
  },
  // Converse defaults to the model's maximum; the bodies of InvokeModel have their own defaults, and the AI SDK's
  // package sends either.
  unlimitedByDefault: ['converse'],
  telemetryName: 'aws.bedrock',
  markedCache: {
    minutes: 5,
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html',
    asOf: '2026-11-22',
  },
  // "The maximum tokens you requested exceeds the model limit of 4096."
  refusedLimit: {
    apis: ['converse', 'invoke_model'],
    source: 'https://github.com/vercel/ai/issues/2772',
    asOf: '2024-08-22',
  },
};
