import { expect, test } from 'vitest';
import { HOSTS, providerOfUrl } from '../hosts.ts';
import { PROVIDERS } from '../vocabulary.ts';
import { PROVIDER_TABLE, providerNamed, providerOfAlias } from './index.ts';

test('every provider of the vocabulary has its traits', () => {
  expect(Object.keys(PROVIDER_TABLE).sort()).toEqual([...PROVIDERS].sort());
});

test('an alias means one provider', () => {
  const aliases = Object.values(PROVIDER_TABLE).flatMap(({ aliases: names = [] }) => names);
  expect(aliases.filter((alias, index) => aliases.indexOf(alias) !== index)).toEqual([]);
  expect([providerOfAlias('vertex_ai'), providerOfAlias('bedrock'), providerOfAlias('toString')]).toEqual([
    'google-vertex',
    'aws-bedrock',
    null,
  ]);
});

test('a host belongs to one provider', () => {
  const hosts = HOSTS.map(({ host }) => host);
  expect(hosts.filter((host, index) => hosts.indexOf(host) !== index)).toEqual([]);
});

test('an unknown provider has no traits', () => {
  expect(providerNamed('groq')?.hosts).toContainEqual({ host: 'api.groq.com' });
  expect([providerNamed('nobody'), providerNamed('constructor')]).toEqual([null, null]);
});

test.each([
  ['https://models.inference.ai.azure.com/chat/completions', 'github'],
  ['https://mistral.eastus.inference.ai.azure.com/v1/chat/completions', 'azure'],
  ['https://gateway.ai.cloudflare.com/v1/account/gateway/openai/chat/completions', 'openai'],
  ['https://gateway.ai.cloudflare.com/v1/account/gateway/azure-openai/x', 'azure'],
  ['https://gateway.ai.cloudflare.com/v1/account/gateway/compat/chat/completions', 'any'],
  ['http://localhost:11434/v1', 'ollama'],
])('the rule that says most of an address wins: %s', (url, provider) => {
  expect(providerOfUrl(url)).toBe(provider);
});
