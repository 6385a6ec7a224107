import { createCatalogue } from '@farthing/shared/catalogue/create-catalogue';
import { describe, expect, it } from 'vitest';
import { asModelName } from './model-name.ts';

describe('a name of a model', () => {
  it('is every id that the catalogue has', () => {
    const catalogue = createCatalogue({ now: new Date('2026-11-22T00:00:00Z') });
    expect(catalogue.models().filter(({ id }) => asModelName(id) === null)).toEqual([]);
  });

  it.each([
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-5-sonnet-20240620-v1:0',
    '@cf/meta/llama-3.1-8b-instruct',
    'ft:gpt-4o-mini:acme::A1b2C3',
    'accounts/fireworks/models/llama-v3p1-8b-instruct',
    'x'.repeat(200),
  ])('is %s', (name) => expect(asModelName(name)).toBe(name));

  it.each([
    ['empty', ''],
    ['longer than any id', 'x'.repeat(201)],
    ['a line of a file', 'gpt-4o\n'],
    ['a variable of an environment file', 'MODEL=gpt-4o'],
    ['words', 'root:x:0:0: /root'],
    ['an escape sequence', 'gpt\u001b[31m-4o'],
    ['letters of another script that look the same', 'gpt-4\u043e'],
    ['a key', 'sk-proj-abcdefgh'],
    ['a token in an address', 'https://x-access-token:ghs_abcdefgh@github.com/acme/app'],
    ['a password in an address', 'https://user:hunter2@example.org'],
    ['a key of a cloud', 'AKIAIOSFODNN7EXAMPLE'],
  ])('is not %s', (_, text) => expect(asModelName(text)).toBeNull());
});
