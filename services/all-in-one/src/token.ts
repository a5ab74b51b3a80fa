import { CannotStart } from './cannot-start.ts';
import { readConfig } from './config.ts';
import { runTool } from './explain.ts';

/** `npm run -s token -- ID`: prints an access token for a persona of the running sandbox, and nothing else. */
async function main(): Promise<void> {
  const url = new URL('/sandbox/token', readConfig(process.env).BASE_URL);
  url.searchParams.set('persona', process.argv[2] ?? '');
  const answer = await fetch(url, { method: 'POST' }).catch((cause: unknown) => {
    throw new CannotStart(`No sandbox answers at ${url.origin}: start it with npm start, or set PORT.`, {
      cause,
    });
  });
  const body = (await answer.json()) as { access_token?: string; issue?: { diagnostics?: string }[] };
  if (!body.access_token)
    throw new CannotStart(body.issue?.[0]?.diagnostics ?? `The sandbox answered ${answer.status}.`);
  console.log(body.access_token);
}

await runTool(main);
