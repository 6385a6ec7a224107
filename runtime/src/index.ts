/** @farthing/runtime: caching, routing and budget layers around the official LLM SDK clients. */

export { formatDollars, toDollars } from '@farthing/shared/money';
export { callAt } from '@farthing/shared/position';
export type { Report, ReportCall, ReportPosition } from '@farthing/shared/report';
export type { BudgetOptions } from './budgets/rules.ts';
export type { Attempt, CallResult, Cost, Decision } from './call-record.ts';
export type { CallSiteOptions } from './call-sites/call-sites.ts';
export { type CallContext, type CallOptions, contextHeaders } from './context.ts';
export { isMeterError, MeterError } from './errors.ts';
export type { MeterEvent } from './events.ts';
export type { Group, GroupBy } from './ledger/aggregate.ts';
export type { KeepPrompts } from './ledger/prompts.ts';
export type { LedgerRow, Origin } from './ledger/row.ts';
export { createMeter, type Meter } from './meter.ts';
export type { Alert, AlertOptions } from './observe/alerts.ts';
export { openTelemetry, type Telemetry } from './observe/open-telemetry.ts';
export type { FeatureOptions, MeterOptions, Stores } from './options.ts';
export type { Exchange, Layer, Reply, Send, Settlement } from './pipeline.ts';
export type { SavingLayer, Savings } from './savings.ts';
export { combineStores } from './stores/combine.ts';
export { encrypted } from './stores/encrypted.ts';
export { type MemoryOptions, memoryStores } from './stores/memory.ts';
export { type PostgresOptions, postgresStores } from './stores/postgres.ts';
export { type RedisOptions, redisStores } from './stores/redis.ts';
export { type SqliteOptions, sqliteStores } from './stores/sqlite.ts';
export * from './stores/store.ts';
export { isStoreError, StoreError } from './stores/store-error.ts';
export type { Usage } from './wire/usage.ts';
