import { expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';
import { sentConversation } from './sent-conversation.ts';

const sent = (body: string, parameters = 'messages, question') =>
  sentConversation(
    onlyCall(
      '/app/chat.py',
      `from anthropic import Anthropic\nclient = Anthropic()\ndef answer(${parameters}):\n    ${body}\n`,
      [sentConversation],
    ),
  )?.expression ?? null;
const create = (messages: string) =>
  `client.messages.create(model="claude-haiku-5-5", max_tokens=9, messages=${messages})`;

it.each([
  [`return ${create('history + [{"role": "user", "content": question}]')}`, 'history, question', 'history'],
  [`request = {"messages": self.transcript}\n    return client.messages.create(**request)`, 'self', 'self.transcript'],
  [`return ${create('messages')}`, 'messages', 'messages'],
])('a list that comes from elsewhere: %s', (body, parameters, expected) =>
  expect(sent(body, parameters)).toBe(expected),
);

it.each([
  [`return ${create('[{"role": "user", "content": f"{history}"}]')}`, 'history'],
  [`mark = {"cache_control": {"type": "ephemeral"}}\n    return ${create('history')}`, 'history'],
])('is written at the call, or marked: %s', (body, parameters) => expect(sent(body, parameters)).toBeNull());
