import type { Format } from '../../format.ts';
import { readAnswer, writeAnswer } from './answer.ts';
import { readRequest } from './read-request.ts';
import { streamReader, streamWriter } from './stream.ts';
import { writeRequest } from './write-request.ts';

/** OpenAI's responses. */
export const openaiResponses: Format = {
  name: 'openai-responses',
  tail: () => '/responses',
  headers: {},
  readRequest,
  writeRequest,
  readAnswer,
  writeAnswer,
  streamReader,
  streamWriter,
};
