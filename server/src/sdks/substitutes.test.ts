import { describe, expect, it } from 'vitest';
import { callsIn } from '../calls/testing.ts';

const py = (body: string) => callsIn('/app/test_a.py', `import httpx\nfrom openai import OpenAI\n${body}`).length;
const ts = (body: string) => callsIn('/app/a.test.ts', `import OpenAI from 'openai';\n${body}`).length;
const ASK = 'chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hi"}])';
const ASK_TS = `chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] })`;

describe('what stands in for a client, or for its connection, sends nothing', () => {
  it.each([
    ['a transport', `h = httpx.Client(transport=httpx.MockTransport(answer))\nOpenAI(http_client=h).${ASK}`],
    [
      'a transport of the project',
      `class StubTransport(httpx.BaseTransport):\n    pass\nOpenAI(http_client=httpx.Client(transport=StubTransport())).${ASK}`,
    ],
    ['a mock', `from unittest.mock import MagicMock\nMagicMock().${ASK}`],
    ['a mock of a module', `from unittest import mock\nmock.Mock(spec=OpenAI).${ASK}`],
    ['a fixture', `def test_ask(mock_client):\n    mock_client.${ASK}`],
  ])('%s in Python', (_, body) => expect(py(body)).toBe(0));

  it.each([
    ['a mocked fetch', `import { vi } from 'vitest';\nnew OpenAI({ fetch: vi.fn() }).${ASK_TS}`],
    [
      'a fake of the project',
      `const fakeFetch = async () => new Response('{}');\nnew OpenAI({ fetch: fakeFetch }).${ASK_TS}`,
    ],
    ['a client by name', `export const run = (fakeClient: any) => fakeClient.${ASK_TS}`],
  ])('%s in TypeScript', (_, body) => expect(ts(body)).toBe(0));

  it('another connection is a real one', () => {
    expect(py(`OpenAI(http_client=httpx.Client(timeout=3)).${ASK}`)).toBe(1);
    expect(ts(`import { traced } from './traced';\nnew OpenAI({ fetch: traced }).${ASK_TS}`)).toBe(1);
    expect(py(`def mocked(client: OpenAI):\n    client.${ASK}`)).toBe(1);
  });
});
