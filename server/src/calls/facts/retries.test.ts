import { expect, test } from 'vitest';
import { onlyCall } from '../testing.ts';
import { attemptsInCode, sdkRetries } from './retries.ts';

const boto3 = (config: string): string =>
  `import boto3
from botocore.config import Config
client = boto3.client('bedrock-runtime'${config})
def ask(text):
    return client.converse(modelId='amazon.nova-lite-v1:0', messages=[{'role': 'user', 'content': [{'text': text}]}])
`;
const node = (options: string): string =>
  `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
const client = new BedrockRuntimeClient({${options}});
export const ask = (text: string) =>
  client.send(new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text }] }] }));
`;

test.each([
  ['/a.py', boto3(''), 4, 1, null],
  ['/a.py', boto3(", config=Config(retries={'max_attempts': 3})"), 3, 0, 'config.retries.max_attempts'],
  ['/a.py', boto3(", config=Config(retries={'total_max_attempts': 3})"), 2, 1, 'config.retries.total_max_attempts'],
  ['/a.ts', node(''), 2, 1, 'maxAttempts'],
  ['/a.ts', node('maxAttempts: 1'), 0, 1, 'maxAttempts'],
])('what the SDK repeats, and where that is said: %s %s', (path, text, count, none, place) => {
  const retries = sdkRetries(onlyCall(path, text));
  expect(retries).toMatchObject({ count, none });
  expect(retries?.place?.target.path.join('.') ?? null).toBe(place);
});

test('a loop over something called "attempts" is no retry', () => {
  const text = `from openai import OpenAI
def judge(attempts):
    return [OpenAI().responses.create(model='gpt-4o', input=one) for one in attempts]
`;
  expect(attemptsInCode(onlyCall('/a.py', text))).toEqual([]);
});
