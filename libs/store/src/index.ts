export * from './audit-log/reading.ts';
export type * from './catalog-state.ts';
export type { DatabaseOptions } from './database.ts';
export * from './destroy.ts';
export * from './migrate.ts';
export type * from './origin.ts';
export * from './seal/index.ts';
export * from './store.ts';
export * from './types.ts';
