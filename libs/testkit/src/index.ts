export * from './database.ts';
export * from './schema-dump.ts';
export * from './app.ts';
export * from './issuer.ts';
export * from './personas.ts';
