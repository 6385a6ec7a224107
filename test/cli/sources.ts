/** Small programs that the tests of the command line scan. */

export const CLEAN = `import OpenAI from 'openai';
const client = new OpenAI();
export const tag = (text: string) =>
  client.chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 200, messages: [{ role: 'user', content: text }] });
`;
export const RETIRED = CLEAN.replace('gpt-6-luna', 'gpt-4-turbo');
export const UNBOUNDED = CLEAN.replace(' max_completion_tokens: 200,', '');
/** A call of a known size. */
export const NAMED = CLEAN.replace('content: text', "content: 'Hello there'");
/** A call whose model is set at run time. */
export const OPEN = NAMED.replace("'gpt-6-luna'", 'process.env.MODEL');
