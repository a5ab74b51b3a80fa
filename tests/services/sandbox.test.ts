import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runToEnd, type ServiceProcess, startService, temporaryFolder, tokenFor } from './service-process.ts';

interface Entry {
  resource: { id: string; meta: { versionId: string } };
}

const folder = temporaryFolder();
let service: ServiceProcess;

const start = (environment: Record<string, string> = {}) =>
  startService({ DATA_DIR: folder.path, ...environment });

async function fhir(path: string, token?: string): Promise<Response> {
  return fetch(
    `${service.origin}/fhir/${path}`,
    token ? { headers: { authorization: `Bearer ${token}` } } : {},
  );
}

async function found(path: string): Promise<Entry[]> {
  const answer = await fhir(path, await tokenFor(service.origin, 'ssk-hemsjukvard'));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { entry?: Entry[] }).entry ?? [];
}

beforeAll(async () => {
  service = await start();
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

describe('The sandbox', () => {
  it('says where it is and gives a tour whose commands answer as it says', async () => {
    const output = service.output();
    expect(output).toContain(`${service.origin}/fhir`);
    expect(await (await fetch(`${service.origin}/`)).text()).toContain("ask ssk-hemsjukvard 'CareTeam");
    const commands = [...output.matchAll(/^ {2}ask (\S+) '([^']+)'(?: -d '([^']+)')?$/gm)];
    const answers: [string, number, number][] = [];
    for (const [, persona = '', path = '', body] of commands) {
      const authorization = `Bearer ${await tokenFor(service.origin, persona)}`;
      const headers = { authorization, ...(body && { 'content-type': 'application/fhir+json' }) };
      const init = body ? { method: 'POST', headers, body } : { headers };
      const answer = await fetch(`${service.origin}/fhir/${path}`, init);
      const { entry = [], parameter = [] } = (await answer.json()) as { entry?: []; parameter?: [] };
      answers.push([persona, answer.status, Math.min(1, entry.length + parameter.length)]);
    }
    expect(answers).toEqual([
      ['patient', 200, 1],
      ['nattsjukskoterska', 200, 1],
      ['ssk-hemsjukvard', 200, 1],
      ['ssk-hemsjukvard', 200, 1],
      ['lakare-vardcentral', 422, 0],
      ['ssk-hemsjukvard', 200, 0],
      ['usk-hemtjanst', 403, 0],
      ['lakare-slutenvard', 404, 0],
      ['ambulans', 200, 0],
      ['ambulans', expect.any(Number), 1],
      ['ambulans', 200, 1],
      ['patient', 200, 1],
    ]);
  });

  it('names its personas', async () => {
    const personas = (await (await fetch(`${service.origin}/sandbox/personas`)).json()) as { id: string }[];
    expect(personas.map(({ id }) => id)).toEqual([
      'ssk-hemsjukvard',
      'nattsjukskoterska',
      'usk-hemtjanst',
      'usk-delegering',
      'nattpatrull',
      'lakare-vardcentral',
      'lakare-slutenvard',
      'psykiatri',
      'ambulans',
      'lakare-privat',
      'logg-granskare',
      'sparr-handlaggare',
      'patient',
      'barn',
      'vardnadshavare',
      'vardnadshavare-barn',
      'journalsystem',
      'journalsystem-kommun',
      'journalsystem-hemtjanst',
      'administrator',
    ]);
  });

  it('gives each persona a token that its service accepts, and that is not to be cached', async () => {
    const personas = (await (await fetch(`${service.origin}/sandbox/personas`)).json()) as { id: string }[];
    for (const { id } of personas) {
      const answer = await fetch(`${service.origin}/sandbox/token?persona=${id}`, { method: 'POST' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const { access_token, token_type, expires_in } = (await answer.json()) as Record<string, string>;
      expect([token_type, typeof expires_in]).toEqual(['Bearer', 'number']);
      expect((await fhir('CareTeam?_count=1', access_token)).status, id).toBe(200);
    }
  });

  it('answers an unknown persona with the list of those there are', async () => {
    for (const query of [
      '',
      '?persona=',
      '?persona=chef',
      '?persona=patient&persona=chef'.replace('patient', 'x'),
    ]) {
      const answer = await fetch(`${service.origin}/sandbox/token${query}`, { method: 'POST' });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ diagnostics: expect.stringContaining('journalsystem') }],
      });
    }
  });

  it('publishes the public half of its key only', async () => {
    const { keys } = (await (await fetch(`${service.origin}/sandbox/jwks`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' });
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('lets apps and systems find its login', async () => {
    const said = (await (await fhir('.well-known/smart-configuration')).json()) as { token_endpoint: string };
    expect(said.token_endpoint).toBe(`${service.origin}/sandbox/oidc/token`);
    const answer = await fetch(said.token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x' }),
    });
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
      400,
      'invalid_request',
    ]);
  });

  it('wants a token for everything but metadata, health and its own pages', async () => {
    for (const path of ['CareTeam', 'Patient/astrid-testberg', '_history', 'Nonsense']) {
      const answer = await fhir(path);
      expect([answer.status, answer.headers.get('www-authenticate')], path).toEqual([
        401,
        expect.stringContaining('Bearer'),
      ]);
    }
    expect((await fhir('metadata')).status).toBe(200);
    expect((await fetch(`${service.origin}/livez`)).status).toBe(200);
    expect((await fetch(`${service.origin}/readyz`)).status).toBe(200);
  });

  it('lets only the journal system choose an id', async () => {
    const put = async (persona: string) =>
      fetch(`${service.origin}/fhir/Organization/chosen-by-${persona}`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${await tokenFor(service.origin, persona)}`,
          'content-type': 'application/fhir+json',
        },
        body: JSON.stringify({ resourceType: 'Organization', id: `chosen-by-${persona}`, name: 'Enhet' }),
      });
    expect((await put('journalsystem')).status).toBe(201);
    expect((await put('lakare-vardcentral')).status).toBe(403);
  });
});

describe('The token command', () => {
  it('prints a token and nothing else', async () => {
    const { code, stdout, stderr } = await runToEnd('token.ts', ['patient'], {
      PORT: new URL(service.origin).port,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect((await fhir('CareTeam', stdout.trim())).status).toBe(200);
  });

  it('says who there is, or that no sandbox runs', async () => {
    const wrong = await runToEnd('token.ts', ['chef'], { PORT: new URL(service.origin).port });
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('ssk-hemsjukvard'),
    ]);
    const nobody = await runToEnd('token.ts', ['patient'], { PORT: '9' });
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      expect.stringMatching(/^No sandbox answers at http:\/\/localhost:9/),
    ]);
  });
});

describe('A restart', () => {
  it('after a kill keeps data, tokens and what users changed, and loads the demo once only', async () => {
    const token = await tokenFor(service.origin, 'journalsystem');
    const before = await found('CarePlan?patient=astrid-testberg');
    const removed = await fetch(`${service.origin}/fhir/CareTeam/astrid-fast-lakarkontakt`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(removed.status).toBe(204);
    await service.stop('SIGKILL');
    service = await start({ PORT: new URL(service.origin).port });
    expect(service.output()).toContain('stopping the database that an ended process left running');
    expect((await fhir('Patient/astrid-testberg', token)).status, 'an old token').toBe(200);
    expect((await fhir('CareTeam/astrid-fast-lakarkontakt', token)).status, 'stays removed').toBe(410);
    const after = await found('CarePlan?patient=astrid-testberg');
    expect(after.map(({ resource }) => [resource.id, resource.meta.versionId])).toEqual(
      before.map(({ resource }) => [resource.id, resource.meta.versionId]),
    );
  });

  it('on the same folder beside a running one is refused in one line', async () => {
    const { code, stderr } = await runToEnd('main.ts', [], { DATA_DIR: folder.path, PORT: '18999' });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The data folder .* is in use by process \d+: stop it first, or set DATA_DIR to another folder\.\n$/,
    );
  });

  it('on a taken port is refused in one line and leaves no database behind', async () => {
    const other = temporaryFolder();
    const { code, stderr } = await runToEnd('main.ts', [], {
      DATA_DIR: other.path,
      PORT: new URL(service.origin).port,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Port \d+ is in use: stop the other process, or set PORT\.\n$/);
    expect(stderr).not.toContain('    at ');
    expect(existsSync(join(other.path, 'pg', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(other.path, 'pg', 'postmaster.pid'))).toBe(false);
    other.remove();
  });
});
