import type { Format } from '../../format.ts';
import { readAnswer, writeAnswer } from './answer.ts';
import { readRequest } from './read-request.ts';
import { streamReader, streamWriter } from './stream.ts';
import { writeRequest } from './write-request.ts';

/** Anthropic's messages. */
export const anthropicMessages: Format = {
  name: 'anthropic-messages',
  tail: () => '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  readRequest,
  writeRequest,
  readAnswer,
  writeAnswer,
  streamReader,
  streamWriter,
};
