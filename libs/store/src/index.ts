export * from './migrate.ts';
export * from './types.ts';
