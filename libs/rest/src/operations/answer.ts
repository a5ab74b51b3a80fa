import type { Reply } from '../reply.ts';

/** One parameter of an answer: `{ name, valueX }` or `{ name, part }`. */
export interface Part {
  readonly name: string;
  readonly [element: string]: unknown;
}

/** An operation's answer: Parameters in Swedish, since a person reads its texts. */
export const answered = (...parameter: readonly Part[]): Reply => ({
  status: 200,
  body: JSON.stringify({ resourceType: 'Parameters', language: 'sv', parameter }),
});

export const said = (text: string): Part => ({ name: 'text', valueString: text });

export const referring = (name: string, reference: string): Part => ({
  name,
  valueReference: { reference },
});
