import { describe, expect, it } from 'vitest';
import type { Role } from './descriptor.ts';
import { createRegistry } from './registry.ts';
import { args, type Given, loose, oneOfThese, plain, type Trail, trail, unknown } from './test-trail.ts';
import type { SdkCall } from './trail-result.ts';
import { createWalker } from './walk.ts';

const walker = createWalker(createRegistry(), { baseUrls: { 'llm.example.com': 'vllm' } });

function callOf(callTrail: Trail): SdkCall {
  const walked = walker.walk(callTrail.value);
  if (walked?.kind !== 'call') throw new Error(`expected a call, got ${walked?.kind ?? 'null'}`);
  return walked;
}
function role(callTrail: Trail, name: Role): unknown {
  return plain(callOf(callTrail).roles.values.get(name)?.value);
}
const openai = (options: Given = {}) => trail('openai').member('OpenAI').make(options);
const chat = (request: Given) => openai().member('chat.completions.create').call(request);

describe('roles', () => {
  it('reads fields of an options object, of named arguments and of positional parameters', () => {
    expect(role(chat({ model: 'gpt-4o', max_tokens: 5 }), 'outputLimit')).toBe(5);
    const python = trail('litellm').member('completion').named({ max_tokens: 7 }, 'gpt-4o', []);
    expect(role(python, 'model')).toBe('gpt-4o');
    expect(role(python, 'outputLimit')).toBe(7);
    expect(role(openai().member('chat.completions.create').call({ model: 'm' }, { maxRetries: 4 }), 'retries')).toBe(4);
  });

  it('prefers the present spelling and says which it was', () => {
    const { roles } = callOf(chat({ max_tokens: 1, max_completion_tokens: 2 }));
    expect(roles.values.get('outputLimit')).toMatchObject({
      field: 'max_completion_tokens',
      from: 'call',
      isCertain: true,
    });
  });

  it('takes two spellings that stand on different paths for one certain limit', () => {
    const limit = callOf(chat(loose({ max_tokens: 1, max_completion_tokens: 2 }))).roles.values.get('outputLimit');
    expect(limit?.isCertain).toBe(true);
    expect(plain(limit?.value)).toEqual([2, 1]);
  });

  it('treats null as a field that is not sent', () => {
    expect(callOf(chat({ model: 'm', max_tokens: null })).roles.values.has('outputLimit')).toBe(false);
    expect(role(chat({ max_tokens: oneOfThese(5, null) }), 'outputLimit')).toBe(5);
  });

  it('reads nested fields of objects and of objects that a package constructs', () => {
    const models = trail('google.genai').member('Client').call().member('models.generate_content');
    const config = trail('google.genai').member('types.GenerateContentConfig');
    const typed = models.named({ model: 'g', config: config.named({ system_instruction: 's', max_output_tokens: 9 }) });
    expect(role(typed, 'system')).toBe('s');
    expect(role(typed, 'outputLimit')).toBe(9);
    expect(role(models.named({ config: { systemInstruction: 't' } }), 'system')).toBe('t');
  });

  it('reads the keys of a JSON body, built or literal', () => {
    const invoke = trail('boto3').member('client').call('bedrock-runtime').member('invoke_model');
    expect(role(invoke.named({ modelId: 'm', body: { max_tokens: 3, system: 's' } }), 'outputLimit')).toBe(3);
    expect(role(invoke.named({ modelId: 'm', body: '{"max_gen_len": 4}' }), 'outputLimit')).toBe(4);
    expect(role(invoke.named({ modelId: 'm', body: '{broken' }), 'outputLimit')).toBeUndefined();
  });

  it('says which roles a value that is not known may set', () => {
    const params = unknown();
    const spread = callOf(openai().member('chat.completions.create').spread(params, { model: 'm' }));
    expect(spread.roles.values.get('model')?.isCertain).toBe(true);
    expect(spread.roles.open.get('model')).toBeUndefined();
    expect(spread.roles.open.get('outputLimit')).toEqual([params]);
    const config = callOf(
      trail('@google/genai')
        .member('GoogleGenAI')
        .make({})
        .member('models.generateContent')
        .call({ model: 'm', config: params }),
    );
    expect(config.roles.open.get('outputLimit')).toEqual([params]);
    expect(config.roles.open.get('model')).toBeUndefined();
  });

  it('keeps a field replaceable where an opaque spread stands behind it', () => {
    const { values, open } = callOf(chat(loose({ model: 'm' }, [unknown()]))).roles;
    expect(values.get('model')).toMatchObject({ isReplaceable: true, isCertain: true });
    expect(open.get('model')).toHaveLength(1);
  });

  it('offers the fields of a default options object as hints', () => {
    const model = callOf(chat(unknown('parameter', { model: 'gpt-4o' }))).roles.values.get('model');
    expect(model).toMatchObject({ isCertain: false, value: { kind: 'unknown' } });
    expect(model?.value.kind === 'unknown' && plain(model.value.hint ?? undefined)).toBe('gpt-4o');
  });

  it('merges alternatives of the options', () => {
    const { values } = callOf(chat(oneOfThese({ model: 'a', max_tokens: 1 }, { model: 'b' }))).roles;
    expect(plain(values.get('model')?.value)).toEqual(['a', 'b']);
    expect(values.get('model')?.isCertain).toBe(true);
    expect(values.get('outputLimit')?.isCertain).toBe(false);
  });

  it('falls back on the latest step that has the role', () => {
    const model = trail('google.generativeai').member('GenerativeModel').named({ system_instruction: 's' }, 'gemini');
    const callTrail = model.member('generate_content').call('hi');
    expect(role(callTrail, 'model')).toBe('gemini');
    expect(role(callTrail, 'system')).toBe('s');
    expect(callOf(callTrail).roles.values.get('model')?.from).toBe('constructor');
    const bound = trail('@langchain/openai')
      .member('ChatOpenAI')
      .make({ maxTokens: 5 })
      .member('bind')
      .call({ maxTokens: 6 });
    expect(role(bound.member('invoke').call('x'), 'outputLimit')).toBe(6);
  });

  it('leaves the constructor of an annotated object open', () => {
    const { roles } = callOf(trail('@langchain/openai').member('ChatOpenAI').annotated().member('invoke').call('x'));
    expect(roles.values.has('model')).toBe(false);
    expect(roles.open.get('model')).toHaveLength(1);
  });
});

describe('models as values', () => {
  const generate = (model: Given) => trail('ai').member('generateText').call({ model, prompt: 'p' });

  it.each([
    ['a provider package', trail('@ai-sdk/anthropic').member('anthropic').call('claude-x'), 'claude-x', 'anthropic'],
    ['a method of it', trail('@ai-sdk/openai').member('openai.responses').call('gpt-5'), 'gpt-5', 'openai'],
    [
      'a provider with settings',
      trail('@ai-sdk/openai').member('createOpenAI').call({}).call('gpt-5'),
      'gpt-5',
      'openai',
    ],
    [
      'a provider at another address',
      trail('@ai-sdk/openai').member('createOpenAI').call({ baseURL: 'https://api.groq.com/openai/v1' }).call('llama'),
      'llama',
      'groq',
    ],
    ['a gateway string', 'google/gemini-x', 'google/gemini-x', 'google'],
    ['a gateway model', trail('ai').member('gateway').call('xai/grok-x'), 'xai/grok-x', 'xai'],
    [
      'OpenRouter',
      trail('@openrouter/ai-sdk-provider').member('createOpenRouter').call({}).member('chat').call('a/b'),
      'a/b',
      'openrouter',
    ],
    [
      'a provider that nobody listed',
      trail('@ai-sdk/newcomer').member('createNewcomer').call({}).call('n-1'),
      'n-1',
      'any',
    ],
    [
      'a wrapped model',
      trail('ai')
        .member('wrapLanguageModel')
        .call({ model: trail('@ai-sdk/xai').member('xai').call('grok'), middleware: [] }),
      'grok',
      'xai',
    ],
    [
      'a custom provider',
      trail('ai')
        .member('customProvider')
        .call({ languageModels: { small: trail('@ai-sdk/openai').member('openai').call('gpt-nano') } })
        .member('languageModel')
        .call('small'),
      'gpt-nano',
      'openai',
    ],
    [
      'a registry',
      trail('ai').member('createProviderRegistry').call({}).member('languageModel').call('openai:gpt-5'),
      'openai:gpt-5',
      'openai',
    ],
  ] as const)('reads %s', (_name, model, expected, provider) => {
    const callTrail = generate(model);
    expect(role(callTrail, 'model')).toBe(expected);
    expect(callOf(callTrail).roles.values.get('model')?.isCertain).toBe(true);
    expect(callOf(callTrail).provider).toBe(provider);
  });

  it('names no provider for a model that is not known, or that several could be', () => {
    expect(callOf(generate(unknown())).provider).toBe('any');
    const either = oneOfThese(
      trail('@ai-sdk/xai').member('xai').call('grok'),
      trail('@ai-sdk/openai').member('openai').call('gpt'),
    );
    expect(callOf(generate(either)).provider).toBe('any');
    expect(role(generate(either), 'model')).toEqual(['grok', 'gpt']);
  });
});

describe('providers by address', () => {
  it.each([
    ['https://api.deepseek.com', 'deepseek'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['http://localhost:1234/v1', 'lmstudio'],
    ['https://generativelanguage.googleapis.com/v1beta/openai/', 'google'],
    ['https://res.openai.azure.com/openai/deployments/x', 'azure'],
    ['https://llm.example.com/v1', 'vllm'],
    ['https://llm.example.org/v1', 'openai-compatible'],
    [unknown('request'), 'openai-compatible'],
    [unknown('environment'), 'openai'],
    ['https://...', 'openai'],
    [unknown('environment', 'https://api.x.ai/v1'), 'xai'],
    [null, 'openai'],
  ] as const)('%o', (baseURL, provider) => {
    expect(callOf(openai({ baseURL }).member('responses.create').call({})).provider).toBe(provider);
  });

  it('keeps the address of a client that a CommonJS module makes', () => {
    const client = trail('openai').make({ baseURL: 'https://api.groq.com/openai/v1' });
    expect(callOf(client.member('chat.completions.create').call({})).provider).toBe('groq');
  });

  it.each([
    ['another address', { base_url: 'https://openrouter.ai/api/v1' }, 'any'],
    ['an address that is not known', { base_url: unknown('request') }, 'openai'],
  ] as const)('set on some paths only: %s', (_, fields, provider) => {
    expect(callOf(openai(loose(fields)).member('responses.create').call({})).provider).toBe(provider);
  });

  it('keeps the address through a wrapper', () => {
    const client = trail('openai').member('OpenAI').named({ base_url: 'https://api.endpoints.anyscale.com/v1' });
    const wrapped = trail('instructor').member('from_openai').call(client);
    expect(callOf(wrapped.member('chat.completions.create').named({})).provider).toBe('anyscale');
  });
});

describe('providers by switch', () => {
  const genai = (fields: Readonly<Record<string, Given>>) =>
    callOf(trail('google.genai').member('Client').named(fields).member('models.generate_content').named({})).provider;

  it.each([
    [{ api_key: 'k' }, 'google'],
    [{ vertexai: true }, 'google-vertex'],
    [{ vertexai: false, project: 'p' }, 'google'],
    [{ project: 'p', location: 'l' }, 'google-vertex'],
    [{ vertexai: unknown('environment') }, 'any'],
    [{ vertexai: unknown('parameter', false) }, 'google'],
  ] as const)('%o', (fields, provider) => expect(genai(fields)).toBe(provider));

  it.each([
    [trail('firebase/ai').member('getAI').call('app'), 'google'],
    [
      trail('firebase/ai')
        .member('getAI')
        .call('app', { backend: trail('firebase/ai').member('VertexAIBackend').make() }),
      'google-vertex',
    ],
    [trail('firebase/vertexai').member('getVertexAI').call('app'), 'google-vertex'],
  ] as const)('Firebase: %#', (client, provider) => {
    const model = trail('firebase/ai').member('getGenerativeModel').call(client, { model: 'gemini-3.8-flash' });
    expect(callOf(model.member('generateContent').call('hi')).provider).toBe(provider);
  });

  it('a provider object of the client', () => {
    const provider = trail('openai.providers').member('bedrock').named({ region: 'us-west-2' });
    const client = trail('openai').member('OpenAI').named({ provider });
    expect(callOf(client.member('chat.completions.create').named({})).provider).toBe('aws-bedrock');
  });
});

describe('chains', () => {
  const prompt = trail('@langchain/core/prompts')
    .member('ChatPromptTemplate.fromMessages')
    .call([['system', 's']]);
  const model = trail('@langchain/openai').member('ChatOpenAI').make({ model: 'gpt-4o', maxTokens: 8 });

  it("take over the template's messages and the model's settings; the input fills the holes", () => {
    const callTrail = prompt.member('pipe').call(model).member('invoke').call({ question: 'q' });
    expect(role(callTrail, 'messages')).toEqual([['system', 's']]);
    expect(role(callTrail, 'outputLimit')).toBe(8);
    expect(role(callTrail, 'variables')).toBe('object');
  });

  it('leave the settings open where the model is not known', () => {
    const { roles } = callOf(prompt.member('pipe').call(unknown()).member('invoke').call({}));
    expect(roles.open.get('outputLimit')).toHaveLength(1);
  });

  it('find a model inside a map of steps', () => {
    const map = trail('@langchain/core/runnables')
      .member('RunnableMap.from')
      .call({ a: prompt.member('pipe').call(model) });
    expect(callOf(map.member('invoke').call({})).call.api).toBe('invoke');
  });
});

describe('messages and commands', () => {
  it('says who speaks', () => {
    const message = trail('langchain_core.messages').member('SystemMessage').named({ content: 'be brief' });
    const walked = walker.walk(message.value);
    expect(walked).toMatchObject({ kind: 'object', message: 'system' });
    expect(walked?.kind === 'object' && plain(walked.roles.values.get('prompt')?.value)).toBe('be brief');
  });

  it('reads a command that is sent', () => {
    const runtime = trail('@aws-sdk/client-bedrock-runtime');
    const command = runtime.member('ConverseCommand').make({ modelId: 'm', inferenceConfig: { maxTokens: 11 } });
    const callTrail = runtime.member('BedrockRuntimeClient').make({}).member('send').call(command);
    expect(role(callTrail, 'outputLimit')).toBe(11);
    expect(role(callTrail, 'model')).toBe('m');
  });

  it('gives back what a wrapper passes through', () => {
    const client = openai();
    expect(walker.passedValue(trail('langsmith/wrappers').member('wrapOpenAI').call(client).value)).toEqual(
      client.value,
    );
    expect(walker.passedValue(client.value)).toBeNull();
  });
});

describe('bad input', () => {
  it('survives a trail that nests without end', () => {
    let nested = trail('instructor').member('from_openai').call(openai());
    for (let level = 0; level < 200; level++) nested = trail('instructor').member('from_openai').call(nested);
    expect(() => walker.walk(nested.member('create').call({}).value)).not.toThrow();
  });

  it.each([
    ['no steps', trail('openai'), 'object'],
    ['an empty module', trail(''), 'null'],
    ['a name of the prototype', trail('openai').member('constructor').call(), 'null'],
    ['a method without arguments', openai().member('chat.completions.create').call(), 'call'],
    ['numbers for options', openai().member('chat.completions.create').call(3, true), 'call'],
    ['a pick without a name', trail('ai').member('customProvider').call().member('languageModel').call(), 'object'],
  ] as const)('%s', (_name, callTrail, expected) => {
    expect(walker.walk(callTrail.value)?.kind ?? 'null').toBe(expected);
  });

  it('reads a call on a method alone', () => {
    const sdk = walker.registry.byModule('openai');
    const call = sdk?.types.Client?.methods?.['responses.create']?.call;
    if (!sdk || !call) throw new Error('the descriptor has lost a method');
    expect(walker.callOf(sdk, call, args([{ model: 'm' }]))).toMatchObject({ kind: 'call', provider: 'openai' });
  });
});
