/** The formats that requests are translated between. */
export const FORMAT_NAMES = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];
