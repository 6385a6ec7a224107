import { describe, expect, it } from 'vitest';
import { matchDistinctive } from './distinctive.ts';
import { createRegistry } from './registry.ts';
import { args, trail, unknown } from './test-trail.ts';
import { createWalker } from './walk.ts';

const walker = createWalker(createRegistry());
type Arguments = ReturnType<typeof args>;

function match(path: string, args: Arguments, imports: readonly string[] = []): string | null {
  const called = matchDistinctive(walker, path.split('.'), args, imports);
  return called === null ? null : `${called.sdk.name} ${called.call.api}`;
}
const request = args([{ model: 'm', messages: [] }]);
const spread: Arguments = { ...args([]), open: [unknown()] };

describe('an unresolved receiver', () => {
  it.each([
    ['this.client.chat.completions.create', request, [], 'openai chat.completions'],
    ['self.client.beta.chat.completions.parse', request, [], 'openai chat.completions'],
    ['client.chat.completions.create', request, ['groq-sdk'], 'groq chat.completions'],
    ['client.chat.completions.create', request, ['together'], 'together chat.completions'],
    ['client.chat.completions.create', request, ['openai', 'groq'], 'openai chat.completions'],
    [
      'client.chat.completions.create',
      args([], { response_model: unknown() }),
      ['instructor', 'openai'],
      'instructor chat.completions',
    ],
    ['client.chat.completions.create', request, ['instructor', 'openai'], 'openai chat.completions'],
    ['client.chat.completions.create', spread, [], 'openai chat.completions'],
    ['client.messages.create', request, [], 'anthropic messages'],
    ['client.messages.create', spread, ['anthropic'], 'anthropic messages'],
    ['self.client.converse', args([], { modelId: 'm', messages: [] }), [], 'bedrock converse'],
    ['client.models.generate_content', args([], { model: 'm', contents: 'c' }), [], 'google-genai generate_content'],
    ['model.generate_content', args(['hi']), ['google.generativeai'], 'google-generativeai generate_content'],
    ['self.llm_with_tools.ainvoke', args([[]]), ['langchain_core'], 'langchain invoke'],
    ['this.graderModel.invoke', args([[]]), ['@langchain/core/messages'], 'langchain invoke'],
    ['self.agent.ainvoke', args([{}]), ['langgraph'], 'langchain agent'],
    ['llm_with_tools.ainvoke', args([[]]), [], 'langchain invoke'],
    ['agent.astream', args([{}]), [], 'langchain agent'],
    ['this.embedder.embedQuery', args(['q']), [], 'langchain embeddings'],
  ] as const)('%s', (path, args, imports, expected) => {
    expect(match(path, args, imports)).toBe(expected);
  });

  it.each([
    ["Stripe's customers", 'stripe.customers.create', args([{ email: 'e' }]), []],
    ["Twilio's messages", 'client.messages.create', args([{ body: 'b', from: 'f', to: 't' }]), []],
    ["Twilio's messages, spread", 'client.messages.create', spread, ['twilio']],
    ["a browser extension's messages", 'chrome.runtime.sendMessage', args([{ model: 'm' }]), []],
    ["a chat platform's messages", 'bot.send_message', args(['hi']), ['google.generativeai']],
    ['an agent of another library', 'rag_agent.run', args(['hi']), ['langchain_text_splitters']],
    ['a tool of LangChain', 'tool.ainvoke', args([{}]), ['langchain_core']],
    ['an invocation without LangChain', 'this.model.invoke', args([{}]), ['electron']],
    [
      "the thread's messages",
      'client.beta.threads.messages.create',
      args([{ role: 'user', content: 'c' }]),
      ['openai'],
    ],
    ['a bare function', 'create', request, ['openai']],
    ['an empty path', '', request, ['openai']],
    ['embeddings without a request', 'db.embeddings.create', args([{ vector: [] }]), []],
    ['a chat elsewhere', 'app.chat', args([{ messages: [] }]), []],
  ] as const)('is not %s', (_name, path, args, imports) => {
    expect(match(path, args, imports)).toBeNull();
  });

  it('carries out a command that is known', () => {
    const command = trail('@aws-sdk/client-bedrock-runtime').member('InvokeModelCommand').make({ modelId: 'm' });
    expect(match('client.send', args([command]))).toBe('bedrock invoke_model');
    expect(match('client.send', args([{ modelId: 'm' }]))).toBeNull();
  });

  it('reads the roles of what it matched', () => {
    const called = matchDistinctive(walker, ['c', 'messages', 'create'], args([{ model: 'm', max_tokens: 9 }]), []);
    expect(called?.receiver).toBe('distinctive');
    expect(called?.roles.values.get('outputLimit')?.value).toMatchObject({ kind: 'number', value: 9 });
  });
});
