import type { Schema } from './schemas.ts';

const text: Schema = { type: 'string' };
const seconds: Schema = { type: 'integer', minimum: 0 };
const address: Schema = { type: 'string', format: 'uri' };

const header = (description: string, schema: Schema = text): Schema => ({ description, schema });

/** Headers of answers, by name; libs/rest/src/send.ts puts them on. */
export const headers: Readonly<Record<string, Schema>> = {
  ETag: header('The version, as `W/"3"`: for If-Match and If-None-Match'),
  'Last-Modified': header('When the version was written, as an HTTP date'),
  Location: header('The version that was written', address),
  'Content-Location': header('Where to ask how far it is, and for the result', address),
  'Retry-After': header('Seconds to wait before asking again', seconds),
  'X-Progress': header('How far it is, in words'),
  Expires: header('Until when the result is kept, as an HTTP date'),
  'X-Request-Id': header('The one that was sent where it is harmless in a log, else a new one'),
  'Server-Timing': header(
    'Told to administrators alone: milliseconds of auth, validate, database and render',
  ),
  'WWW-Authenticate': header('Which tokens are accepted'),
  Allow: header('The methods that there are'),
};

export const headerRef = (name: string): [name: string, reference: Schema] => [
  name,
  { $ref: `#/components/headers/${name}` },
];

/** Of every answer to a caller. */
export const alwaysSent = ['X-Request-Id', 'Server-Timing'];
