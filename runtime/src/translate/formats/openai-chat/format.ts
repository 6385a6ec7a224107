import type { Format } from '../../format.ts';
import { readAnswer, writeAnswer } from './answer.ts';
import { readRequest } from './read-request.ts';
import { streamReader, streamWriter } from './stream.ts';
import { writeRequest } from './write-request.ts';

/** OpenAI's chat completions. */
export const openaiChat: Format = {
  name: 'openai-chat',
  tail: () => '/chat/completions',
  headers: {},
  readRequest,
  writeRequest,
  readAnswer,
  writeAnswer,
  streamReader,
  streamWriter,
};
