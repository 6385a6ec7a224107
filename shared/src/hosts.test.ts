import { describe, expect, test } from 'vitest';
import { isResidentUrl, providerOfUrl } from './hosts.ts';

describe('the provider at an address', () => {
  test.each([
    ['https://bedrock-mantle.us-east-1.api.aws/v1', 'aws-bedrock'],
    ['https://adb-1.2.azuredatabricks.net/serving-endpoints', 'databricks'],
    ['https://ai-gateway.vercel.sh/v1', 'vercel'],
    ['https://api.cloudflare.com/client/v4/accounts/a/ai/v1', 'cloudflare'],
    ['https://gateway.ai.cloudflare.com/v1/account/gateway/anthropic/v1/messages', 'anthropic'],
    ['https://gateway.pydantic.dev/proxy/openai/responses', 'openai'],
    ['https://api.z.ai/api/paas/v4', 'zai'],
    ['https://open.bigmodel.cn/api/paas/v4', 'zhipu'],
    ['https://models.inference.ai.azure.com', 'github'],
  ])('%s is %s', (url, provider) => {
    expect(providerOfUrl(url)).toBe(provider);
  });
});

describe('an address that keeps data in one region', () => {
  test.each([
    ['https://eu.api.openai.com/v1/responses', true],
    ['https://us.api.openai.com/v1', true],
    ['https://api.openai.com/v1', false],
    ['https://us-east5-aiplatform.googleapis.com/v1/projects', true],
    ['https://aiplatform.googleapis.com/v1/projects', false],
    ['https://global-aiplatform.googleapis.com/v1', false],
    ['https://api.anthropic.com/v1/messages', false],
    ['https://unknown.example/v1', false],
    ['https://eu.api.openai.com/v1/responses?api-version=1#top', true],
    ['https://unknown.example/v1?for=https://eu.api.openai.com/v1', false],
  ])('%s: %s', (url, isResident) => {
    expect(isResidentUrl(url)).toBe(isResident);
    // The second answer is remembered.
    expect(isResidentUrl(url)).toBe(isResident);
  });
});
