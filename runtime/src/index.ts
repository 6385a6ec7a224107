/** @farthing/runtime: caching, routing and budget layers around the official LLM SDK clients. */

export { formatDollars, toDollars } from '@farthing/shared/money';
export { callAt } from '@farthing/shared/position';
export type { Report, ReportCall, ReportPosition } from '@farthing/shared/report';
export type { FeatureOptions, MeterOptions, Stores } from './assembly/options.ts';
export type { Attempt, CallResult, Cost, Decision } from './core/call-record.ts';
export { isMeterError, MeterError } from './core/errors.ts';
export type { MeterEvent } from './core/events.ts';
export type { Exchange, Layer, Reply, Send, Settlement } from './core/pipeline.ts';
export type { SavingLayer, Savings } from './core/savings.ts';
export type { BudgetOptions } from './layers/budget/rules.ts';
export type { Group, GroupBy } from './ledger/aggregate.ts';
export type { KeepPrompts } from './ledger/prompts.ts';
export type { LedgerRow, Origin } from './ledger/row.ts';
export type { Alert, AlertOptions } from './observe/alerts.ts';
export { openTelemetry, type Telemetry } from './observe/open-telemetry.ts';
export type { CallSiteOptions } from './sdk/call-sites.ts';
export { type CallContext, type CallOptions, contextHeaders } from './sdk/context.ts';
export { createMeter, type Meter } from './sdk/meter.ts';
export { combineStores } from './stores/combine.ts';
export { encrypted } from './stores/encrypted.ts';
export { type MemoryOptions, memoryStores } from './stores/memory/memory.ts';
export { type PostgresOptions, postgresStores } from './stores/postgres/postgres.ts';
export { type RedisOptions, redisStores } from './stores/redis/redis.ts';
export { type SqliteOptions, sqliteStores } from './stores/sqlite/sqlite.ts';
export * from './stores/store.ts';
export { isStoreError, StoreError } from './stores/store-error.ts';
export type { Usage } from './wire/usage.ts';
