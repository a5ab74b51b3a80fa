export * from './outcome.ts';
export * from './date.ts';
export * from './identifier.ts';
export * from './reference.ts';
export * from './json.ts';
export * from './body.ts';
export * from './bundle-text.ts';
export * from './spans.ts';
