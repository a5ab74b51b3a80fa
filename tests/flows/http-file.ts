/** A request of an .http file, its variables not put in yet. */
export interface WrittenRequest {
  /** What stands after `###`. */
  title: string;
  /** `# @name`: what later requests call its answer. */
  name: string | undefined;
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
  /** The statuses of the comment `# 201`, `# 201 or 200`; `# 200 after 202`: while it is 202, it is sent again. */
  statuses: readonly number[];
  again: number | undefined;
}

export interface HttpFile {
  /** `@name = value`, the value as it stands. */
  variables: ReadonlyMap<string, string>;
  requests: readonly WrittenRequest[];
}

/** An answer that later requests may look into. */
export interface KeptAnswer {
  headers: Headers;
  body: unknown;
}

/** Reads what REST Client and httpYac read of the format: variables, `###`, comments, a request with headers and body. */
export function readHttpFile(text: string): HttpFile {
  const [head = '', ...parts] = text.split(/^###/m);
  const variables = [...head.matchAll(/^@(\w+) *= *(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value.trim()] as const,
  );
  return { variables: new Map(variables), requests: parts.map(readRequest) };
}

function readRequest(part: string): WrittenRequest {
  const [title = '', ...lines] = part.split('\n');
  const start = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
  const comments = lines.slice(0, start).map((line) => line.replace(/^# */, ''));
  const [first = '', ...rest] = lines.slice(start);
  const gap = rest.indexOf('');
  const [method = '', ...url] = first.split(' ');
  const [, expected = '', again] =
    comments.map((line) => /^([\d or]+?)(?: after (\d+))?$/.exec(line)).find(Boolean) ?? [];
  return {
    title: title.trim(),
    name: comments.map((line) => /^@name (\w+)$/.exec(line)?.[1]).find(Boolean),
    method,
    url: url.join(' '),
    headers: rest.slice(0, gap).map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ')] as const;
    }),
    body: rest
      .slice(gap + 1)
      .join('\n')
      .trim(),
    statuses: expected.split(' or ').map(Number),
    again: again === undefined ? undefined : Number(again),
  };
}

/**
 * Puts the values of variables in the place of `{{name}}`, and parts of answers in that of `{{name.response.body.a.b[0]}}` and
 * `{{name.response.headers.ETag}}`. @throws Error for what has no value
 */
export function resolved(
  text: string,
  variables: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, KeptAnswer>,
): string {
  return text.replaceAll(/\{\{([^}]+)\}\}/g, (_whole, name: string) => {
    const value = variables.get(name);
    if (value !== undefined) return resolved(value, variables, answers);
    const [, of = '', part, path = ''] = /^(\w+)\.response\.(body|headers)\.(.+)$/.exec(name) ?? [];
    const answer = answers.get(of);
    const found = part === 'body' ? within(answer?.body, path) : answer?.headers.get(path);
    if (typeof found !== 'string')
      throw new Error(`{{${name}}} has no value: ${JSON.stringify(answer?.body)}`);
    return found;
  });
}

/** `output[0].url` of a parsed body. */
const within = (body: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], body);
