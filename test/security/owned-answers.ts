/** Requests in each wire format, and answers that name the caller they were made for. */

export interface Ask {
  readonly tenant: string | null;
  readonly feature: string | null;
  readonly text: string;
  readonly isStream: boolean;
  readonly wire: 'chat' | 'messages' | 'gemini';
}

export function requestOf({ text, isStream, wire }: Ask): { readonly url: string; readonly body: string } {
  const host = 'https://provider.example';
  if (wire === 'gemini') {
    const method = isStream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    const body = { contents: [{ role: 'user', parts: [{ text }] }], generationConfig: { temperature: 0 } };
    return { url: `${host}/v1beta/models/m:${method}`, body: JSON.stringify(body) };
  }
  const messages = [{ role: 'user', content: text }];
  const body = { model: 'm', max_tokens: 9, temperature: 0, stream: isStream, messages };
  return { url: `${host}/v1/${wire === 'chat' ? 'chat/completions' : 'messages'}`, body: JSON.stringify(body) };
}

export function answerFor({ wire, isStream }: Ask, owner: string): Response {
  const { whole, events } = ANSWERS[wire](owner);
  if (!isStream) return Response.json(whole);
  const text = events.map((event) => `${nameOf(event)}data: ${JSON.stringify(event)}\n\n`).join('');
  const end = wire === 'chat' ? 'data: [DONE]\n\n' : '';
  return new Response(text + end, { headers: { 'content-type': 'text/event-stream' } });
}

function nameOf(event: object): string {
  return 'type' in event ? `event: ${event.type}\n` : '';
}

interface Answer {
  readonly whole: object;
  readonly events: readonly object[];
}

const ANSWERS: Readonly<Record<Ask['wire'], (owner: string) => Answer>> = {
  chat: (owner) => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const message = { role: 'assistant', content: owner };
    const common = { id: owner, model: 'm' };
    return {
      whole: { ...common, choices: [{ index: 0, message, finish_reason: 'stop' }], usage },
      events: [
        { ...common, choices: [{ index: 0, delta: { content: owner }, finish_reason: null }] },
        { ...common, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        { ...common, choices: [], usage },
      ],
    };
  },
  messages: (owner) => {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const message = { id: owner, type: 'message', role: 'assistant', model: 'm', usage };
    return {
      whole: { ...message, content: [{ type: 'text', text: owner }], stop_reason: 'end_turn' },
      events: [
        { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: owner } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
        { type: 'message_stop' },
      ],
    };
  },
  gemini: (owner) => {
    const whole = {
      responseId: owner,
      modelVersion: 'm',
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text: owner }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 },
    };
    return { whole, events: [whole] };
  },
};
