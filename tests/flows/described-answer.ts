import type { OpenApi } from '../conformance/openapi-claims.ts';

interface Response {
  $ref?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: { $ref?: string } }>;
}

/** Headers of an answer that a description must name. */
const told = [
  'etag',
  'last-modified',
  'location',
  'content-location',
  'retry-after',
  'x-progress',
  'expires',
  'allow',
];

/**
 * In what an answer is other than the OpenAPI document says: its address, status, media type, headers, type of resource. Of
 * what lies outside of the document (the sandbox's own addresses) nothing is said.
 */
export function undescribed(
  document: OpenApi,
  method: string,
  url: string,
  answer: globalThis.Response,
  body: unknown,
): string[] {
  const path = pathIn(document, url);
  if (path === undefined) return url.includes('/sandbox/') ? [] : ['its address'];
  const responses = document.paths[path]?.[method.toLowerCase()]?.responses;
  // A method that is not there has no description of its own.
  const response =
    answer.status === 405 ? { $ref: '/405' } : (responses?.[answer.status] as Response | undefined);
  if (!response) return [`status ${answer.status} of ${method} ${path}`];
  const name = response.$ref?.split('/').at(-1);
  const shared = name === undefined ? undefined : document.components.responses?.[name];
  const { headers = {}, content = {} } = (shared ?? response) as Response;
  const known = Object.keys(headers).map((each) => each.toLowerCase());
  const media = answer.headers.get('content-type')?.split(';')[0];
  const schema = media === undefined ? undefined : content[media]?.schema?.$ref?.split('/').at(-1);
  const type = (body as { resourceType?: string } | undefined)?.resourceType;
  return [
    ...told
      .filter((each) => answer.headers.has(each) && !known.includes(each))
      .map((each) => `header ${each}`),
    ...(media !== undefined && !(media in content) ? [`media type ${media}`] : []),
    ...(type && schema && ![type, 'Resource'].includes(schema) ? [`${type} in place of ${schema}`] : []),
  ].map((each) => `${each} of ${answer.status} of ${method} ${path}`);
}

/** The path that an address is of: the one that leaves the least open. */
export function pathIn({ paths, servers }: OpenApi, url: string): string | undefined {
  const address = url.split('?', 1)[0] ?? '';
  const open = (path: string) => path.split('{').length;
  return Object.keys(paths)
    .filter((path) =>
      (paths[path]?.servers ?? servers).some(({ url: base }) =>
        new RegExp(`^${escaped(base)}${patternOf(path)}/?$`).test(address),
      ),
    )
    .sort((a, b) => open(a) - open(b) || b.length - a.length)[0];
}

const escaped = (text: string): string => text.replaceAll(/[.$*+?^()|[\]\\]/g, '\\$&');
const patternOf = (path: string): string => escaped(path === '/' ? '' : path).replaceAll(/\{\w+\}/g, '[^/]+');
