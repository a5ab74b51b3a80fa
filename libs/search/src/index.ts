export * from './index-rows.ts';
export * from './scope.ts';
export * from './sql.ts';
