/** @farthing/runtime: caching, routing and budget layers around the official LLM SDK clients. */
export type { Attempt, CallResult, Cost, Decision } from './call-record.ts';
export { type CallContext, type CallOptions, contextHeaders } from './context.ts';
export { isMeterError, MeterError } from './errors.ts';
export type { Origin } from './ledger/row.ts';
export { createMeter, type Meter } from './meter.ts';
export type { FeatureOptions, MeterOptions } from './options.ts';
export type { Exchange, Layer, Reply, Send, Settlement } from './pipeline.ts';
export type { Usage } from './wire/usage.ts';
