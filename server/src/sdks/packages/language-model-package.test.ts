import { expect, test } from 'vitest';
import { languageModelPackage } from './language-model-package.ts';

test.each([
  ['openai', true],
  ['@langchain/openai', true],
  ['langchain-openai', true],
  ['google-genai', true],
  ['@aws-sdk/client-bedrock-runtime', true],
  ['vanna', false],
  ['langbase', false],
])('%s calls models', (name, isRead) => {
  expect(languageModelPackage(name)).toEqual({ isRead });
});

test.each(['axios', 'undici', 'requests', 'httpx', 'boto3', 'react', 'python', 'numpy'])(
  '%s does not say that models are called',
  (name) => {
    expect(languageModelPackage(name)).toBeNull();
  },
);
