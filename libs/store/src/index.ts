export type { DatabaseOptions } from './database.ts';
export * from './migrate.ts';
export * from './store.ts';
export * from './types.ts';
