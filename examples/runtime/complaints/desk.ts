/** Reads one complaint. Which model has read it is not the application's business. */
import OpenAI from 'openai';
import { CASE_SCHEMA, type Case, parseCase } from './cases.ts';
import { meter } from './meter.ts';

const openai = meter.wrap(new OpenAI());

export interface Reading {
  readonly result: Case;
  readonly model: string;
}

export function readComplaint(text: string): Promise<Reading> {
  return meter.run({ feature: 'read-complaint' }, async () => {
    const answer = await openai.chat.completions.create({
      model: 'gpt-6-astra',
      max_completion_tokens: 300,
      messages: [
        { role: 'system', content: 'Say what the complaint is about, which amounts it claims, and their sum.' },
        { role: 'user', content: text },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'case', schema: CASE_SCHEMA, strict: true } },
    });
    return { result: parseCase(answer.choices[0]?.message.content ?? ''), model: answer.model };
  });
}
