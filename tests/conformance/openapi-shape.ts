/** What is wrong with a value, each with its place. */
type Check = (value: unknown, at: string) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Check = (value, at) => (typeof value === 'string' && value !== '' ? [] : [`${at}: no text`]);
const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : [`${at}: no boolean`]);
const whole: Check = (value, at) => (Number.isInteger(value) ? [] : [`${at}: no integer`]);
const anything: Check = () => [];

const one =
  (...codes: readonly unknown[]): Check =>
  (value, at) =>
    codes.includes(value) ? [] : [`${at}: ${JSON.stringify(value)} is none of ${codes.join(', ')}`];

const matching =
  (pattern: RegExp): Check =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${at}: ${String(value)} is not as it must be`];

const list =
  (item: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((each, index) => item(each, `${at}[${index}]`)) : [`${at}: no list`];

const map =
  (keys: RegExp, item: Check): Check =>
  (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, each]) =>
          keys.test(key) ? item(each, `${at}/${key}`) : [`${at}: ${key} is no key`],
        )
      : [`${at}: no object`];

/** An object of these members and no others; those whose names end in `!` must be there. */
const object = (members: Readonly<Record<string, Check>>): Check => {
  const checks = new Map(Object.entries(members).map(([name, check]) => [name.replace('!', ''), check]));
  const required = Object.keys(members).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : []));
  return (value, at) => {
    if (!isObject(value)) return [`${at}: no object`];
    return [
      ...required.filter((name) => !(name in value)).map((name) => `${at}: lacks ${name}`),
      ...Object.entries(value).flatMap(([name, each]) =>
        (checks.get(name) ?? ((_, place) => [`${place}: is not known`]))(each, `${at}/${name}`),
      ),
    ];
  };
};

const reference = object({ '$ref!': matching(/^#\/components\/\w+\/[\w.-]+$/) });
const orReference =
  (check: Check): Check =>
  (value, at) =>
    isObject(value) && '$ref' in value ? reference(value, at) : check(value, at);

const name = /^[\w.-]+$/;
const media = /^[\w.+*-]+\/[\w.+*-]+$/;

/** The keywords of JSON Schema 2020-12 that the document needs. https://spec.openapis.org/oas/v3.1.0#schema-object */
const schema: Check = (value, at) =>
  orReference(
    object({
      type: one('object', 'array', 'string', 'integer', 'number', 'boolean', 'null'),
      format: text,
      pattern: text,
      description: text,
      const: anything,
      enum: list(anything),
      minimum: whole,
      maximum: whole,
      required: list(text),
      properties: map(/./, schema),
      additionalProperties: (each, place) => (typeof each === 'boolean' ? [] : schema(each, place)),
      items: schema,
      anyOf: list(schema),
      contentMediaType: text,
    }),
  )(value, at);

const content = map(media, object({ schema }));
const header = orReference(object({ description: text, 'schema!': schema }));
const parameter: Check = (value, at) => [
  ...object({
    'name!': text,
    'in!': one('query', 'header', 'path', 'cookie'),
    description: (each, place) => (typeof each === 'string' ? [] : [`${place}: no text`]),
    required: flag,
    'schema!': schema,
  })(value, at),
  // What OpenAPI ignores says nothing.
  ...(isObject(value) &&
  value.in === 'header' &&
  /^(accept|content-type|authorization)$/i.test(String(value.name))
    ? [`${at}: is ignored as a header`]
    : []),
  ...(isObject(value) && value.in === 'path' && value.required !== true ? [`${at}: must be required`] : []),
];
const response = object({ 'description!': text, headers: map(/^[\w-]+$/, header), content });
const security = list(map(name, list(text)));
const operation = object({
  'operationId!': matching(/^[a-z]\w*$/i),
  'summary!': text,
  description: text,
  'tags!': list(text),
  security,
  parameters: list(orReference(parameter)),
  requestBody: object({ description: text, required: flag, 'content!': content }),
  'responses!': map(/^([1-5]\d\d|default)$/, orReference(response)),
});
const servers = list(object({ 'url!': matching(/^https?:\/\//) }));
const pathItem = object({
  servers,
  parameters: list(orReference(parameter)),
  get: operation,
  put: operation,
  post: operation,
  delete: operation,
  patch: operation,
});

/**
 * What is not OpenAPI 3.1 in a document, each with its place: stricter than its own schema, since members that are allowed but
 * not used here are reported too. https://spec.openapis.org/oas/v3.1.0
 */
export const openApiFaults = (document: unknown): string[] =>
  object({
    'openapi!': matching(/^3\.1\.\d$/),
    'info!': object({
      'title!': text,
      'version!': text,
      description: text,
      license: object({ 'name!': text, identifier: text }),
    }),
    'servers!': servers,
    'security!': security,
    'tags!': list(object({ 'name!': text, description: text })),
    'paths!': map(/^\//, pathItem),
    'components!': object({
      securitySchemes: map(
        name,
        object({
          'type!': one('http', 'apiKey'),
          scheme: text,
          bearerFormat: text,
          description: text,
          in: one('header'),
          name: text,
        }),
      ),
      headers: map(name, header),
      responses: map(name, response),
      parameters: map(name, parameter),
      schemas: map(name, schema),
    }),
  })(document, '');
