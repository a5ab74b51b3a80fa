import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../libs/care/guide/examples/', import.meta.url);

/** Tests look into examples freely. */
// biome-ignore lint/suspicious/noExplicitAny: examples are of every type
export type Example = any;

/** `Type-id` of all examples of the guide. */
export const exampleNames: readonly string[] = readdirSync(folder).map((file) => file.replace('.json', ''));

/** A fresh copy of one. */
export const example = (name: string): Example =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
