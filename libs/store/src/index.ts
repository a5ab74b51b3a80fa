export * from './audit-log/reading.ts';
export * from './bulk-import/imports.ts';
export type * from './catalog-state.ts';
export type { DatabaseOptions } from './database.ts';
export type * from './definition-state.ts';
export * from './destroy.ts';
export type * from './jobs/jobs.ts';
export * from './migrate.ts';
export { kindOfMigration } from './migrations.ts';
export { advanceCounter } from './move/counter.ts';
export { moveDatabase } from './move/move.ts';
export type * from './origin.ts';
export {
  type Referred,
  type ReferringWrite,
  UnresolvedReferences,
  type WrittenReferring,
} from './reference-check.ts';
export { checkSchema } from './schema-check.ts';
export * from './seal/index.ts';
export * from './store.ts';
export * from './types.ts';
