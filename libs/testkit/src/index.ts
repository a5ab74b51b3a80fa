export * from './app.ts';
export * from './database.ts';
export * from './issuer.ts';
export * from './personas.ts';
export * from './schema-dump.ts';
