export * from './actor.ts';
export * from './mint.ts';
