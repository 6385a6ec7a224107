/** @farthing/runtime: caching, routing and budget layers around the official LLM SDK clients. */
export {};
