/** One place for the models, so that an upgrade is one line. */
export const ANSWER_MODEL = 'claude-sonnet-5';
export const TRIAGE_MODEL = 'gpt-6-sol';
export const SUMMARY_MODEL = 'gpt-6-luna';
export const EMBEDDING_MODEL = 'text-embedding-3-small';
