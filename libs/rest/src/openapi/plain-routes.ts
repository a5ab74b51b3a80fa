import { fhirJson } from '../media.ts';
import { headerRef } from './headers.ts';
import { refusalRef } from './refusals.ts';
import { refTo, type Schema } from './schemas.ts';

/** What is beside FHIR and needs no token; a path with the summary and the media types of its GET. */
interface PlainRoute {
  readonly path: string;
  readonly summary: string;
  readonly media: readonly string[];
  /** Where it is: at the origin, or below the FHIR base too. */
  readonly place: 'origin' | 'both';
  readonly responses?: Readonly<Record<string, Schema>>;
}

const html = 'text/html';
const json = 'application/json';

const notReady: Schema = {
  description: 'It cannot serve, or is about to stop',
  headers: Object.fromEntries(['Retry-After', 'X-Request-Id'].map(headerRef)),
  content: { [fhirJson]: { schema: refTo('OperationOutcome') } },
};

const routes: readonly PlainRoute[] = [
  { path: '/livez', summary: 'The process answers', media: [json], place: 'origin' },
  {
    path: '/readyz',
    summary: 'The process can serve',
    media: [json],
    place: 'origin',
    responses: { 503: notReady },
  },
  { path: '/openapi.json', summary: 'This document', media: [json], place: 'origin' },
  { path: '/docs', summary: 'This document as a page to try', media: [html], place: 'origin' },
  { path: '/docs/scalar.js', summary: 'The script of the page', media: ['text/javascript'], place: 'origin' },
  { path: '/docs/openapi.json', summary: 'What the page shows', media: [json], place: 'origin' },
  {
    path: '/docs/rules',
    summary: 'The rules of care that are checked at every write',
    media: [html, json],
    place: 'origin',
  },
];

const discovery: PlainRoute = {
  path: '/.well-known/smart-configuration',
  summary: 'Where clients get tokens: SMART App Launch',
  media: [json],
  place: 'both',
};

/** The tag that they are found under. */
export const plainTag = 'Service';

/**
 * Path items of what is beside FHIR. They lie at the origin, not below the FHIR base.
 * @param isDiscovered whether an authorization server is told of
 */
export function plainPaths(
  base: string,
  isDiscovered: boolean,
): [path: string, item: Record<string, Schema>][] {
  const origin = new URL(base).origin;
  return [...routes, ...(isDiscovered ? [discovery] : [])].map((route) => {
    const servers = route.place === 'both' ? [base, origin] : [origin];
    return [
      route.path,
      {
        servers: servers.map((url) => ({ url })) as unknown as Schema,
        get: operationOf(route),
      },
    ];
  });
}

const operationOf = ({ path, summary, media, responses = {} }: PlainRoute): Schema => ({
  operationId: `get${path
    .split(/[^a-zA-Z]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`,
  summary,
  tags: [plainTag],
  security: [],
  responses: {
    200: {
      description: 'Done',
      headers: Object.fromEntries([headerRef('X-Request-Id')]),
      content: Object.fromEntries(
        media.map((type) => [type, { schema: type === json ? {} : { type: 'string' } }]),
      ),
    },
    ...(path.endsWith('.js') && { 304: { description: 'The caller has it' } }),
    ...Object.fromEntries([400, 408, 414, 429, 431, 500].map((status) => [status, refusalRef(status)])),
    ...responses,
  },
});
