/** What OpenAI's APIs have in common. */
import type { Codec } from './codec.ts';

export const withModelInBody: Codec['withModel'] = (url, body, model) => ({ url, body: { ...body, model } });

export const openaiError: Codec['errorBody'] = ({ message, code }) => ({
  error: { message, type: code, param: null, code },
});

export const bearerKey: Codec['keyHeader'] = (key) => ['authorization', `Bearer ${key}`];
