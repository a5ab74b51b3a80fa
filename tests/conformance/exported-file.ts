import type { TestApp } from '@naravard/testkit';

interface Line {
  resourceType: string;
  id: string;
  meta: { versionId: string };
}

/** The lines of a file of an export, parsed. */
export function linesIn(text: string): Line[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** The same of a file that a token lets fetch; undefined unless it is answered with 200. */
export async function linesOf({ app }: TestApp, url: string, token: string): Promise<Line[] | undefined> {
  const { pathname } = new URL(url);
  const headers = { authorization: `Bearer ${token}` };
  const { statusCode, body } = await app.inject({ method: 'GET', url: pathname, headers });
  return statusCode === 200 ? linesIn(body) : undefined;
}
