import OpenAI from 'openai';
import { SUMMARY_MODEL } from './models.js';

const client = new OpenAI();

/** A hand-over note for the colleague who takes the conversation. */
export async function handoverNote(transcript: string): Promise<string> {
  const response = await client.responses.create({
    model: SUMMARY_MODEL,
    instructions: 'Summarise this support conversation for a colleague: the problem, what was promised, what is open.',
    input: transcript,
  });
  return response.output_text;
}
