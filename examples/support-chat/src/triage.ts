import { openai } from '@ai-sdk/openai';
import { generateObject } from 'ai';
import OpenAI from 'openai';
import { z } from 'zod';
import { TRIAGE_MODEL } from './models.js';

const client = new OpenAI();

/** Whether a person has to look at this message at once. */
export async function isUrgent(message: string): Promise<boolean> {
  const completion = await client.chat.completions.create({
    model: TRIAGE_MODEL,
    max_completion_tokens: 5,
    messages: [
      {
        role: 'system',
        content:
          'Decide whether a support message is urgent: an injury, a danger, or a trip that starts within two days. Answer only "yes" or "no".',
      },
      { role: 'user', content: message },
    ],
  });
  return completion.choices[0]?.message.content?.trim().toLowerCase() === 'yes';
}

const topics = z.enum(['return', 'warranty', 'delivery', 'sizing', 'other']);

/** Sorts a message into one of the queues. */
export async function topicOf(message: string): Promise<z.infer<typeof topics>> {
  const { object } = await generateObject({
    model: openai('gpt-6-astra'),
    schema: z.object({ topic: topics }),
    maxOutputTokens: 20,
    prompt: `Which queue does this message belong to?\n\n${message}`,
  });
  return object.topic;
}
