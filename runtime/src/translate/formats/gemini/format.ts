import type { Format } from '../../format.ts';
import { readAnswer, writeAnswer } from './answer.ts';
import { readRequest } from './read-request.ts';
import { streamReader, streamWriter } from './stream.ts';
import { writeRequest } from './write-request.ts';

/** Google's generateContent. */
export const gemini: Format = {
  name: 'gemini',
  tail: ({ model, isStreaming }) =>
    `/models/${encodeURIComponent(model ?? '')}:${isStreaming ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  headers: {},
  readRequest,
  writeRequest,
  readAnswer,
  writeAnswer,
  streamReader,
  streamWriter,
};
