import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWeb, type WebService } from '../web/web-service.ts';
import { ownScript, type Visitor, visitorsOf } from './web-visitors.ts';

let web: WebService;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

const { visitor, logIn } = visitorsOf(() => web.origin);

/** As it stands, which fetch would tidy up first. */
const statusOf = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(web.origin);
    get({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });

const landed = ({ login }: Visitor): string => new URL(login.at(-1)?.url ?? '').pathname;

describe('The login of the nurse client', () => {
  it('is authorization code with PKCE, and comes back to where the nurse was going', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard', '/nurse/patient/astrid-testberg?a=b');
    const address = new URL(nurse.login[0]?.headers.get('location') ?? '');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      client_id: 'web-nurse',
      resource: `${web.origin}/fhir`,
      scope: 'openid profile user/*.cruds',
    });
    expect(nurse.login.at(-1)?.url).toBe(`${web.origin}/nurse/patient/astrid-testberg?a=b`);
    expect(nurse.login.at(-1)?.status).toBe(200);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/nurse/',
    '/\\evil.example',
    '/patient/',
    '/nurse/../fhir',
  ])('leads nobody on to %s', async (to) => {
    expect((await logIn('nurse', 'ssk-hemsjukvard', to)).login.at(-1)?.url).toBe(`${web.origin}/nurse/`);
  });

  it('keeps the session in a cookie that scripts cannot read, and tells who it is', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const set = nurse.login.flatMap(({ headers }) => headers.getSetCookie());
    const session = set.find((each) => each.startsWith('nv-nurse=') && !each.startsWith('nv-nurse=;'));
    expect(session).toMatch(/^nv-nurse=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const answer = await nurse.ask('/nurse/session');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      user: {
        name: 'Maja Berg',
        title: 'Sjuksköterska',
        employeeHsaId: 'TSTNMT2321000115-P301',
        unitHsaId: 'TSTNMT2321000115-KH01',
        unit: 'Hemsjukvården Söder',
        organisation: { hsaId: 'TSTNMT2321000115-KH00', as: 'vardgivare' },
      },
      expires: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('gives a new session id at each login, and the old one opens nothing', async () => {
    const nurse = visitor();
    const ids = [];
    for (const persona of ['ssk-hemsjukvard', 'nattsjukskoterska']) {
      await logIn('nurse', persona, '/nurse/', nurse);
      const set = nurse.login.flatMap(({ headers }) => headers.getSetCookie());
      ids.push(set.findLast((each) => /^nv-nurse=\S{43};/.test(each))?.split(';', 1)[0] ?? '');
    }
    expect(new Set(ids).size).toBe(2);
    const withOld = await fetch(`${web.origin}/nurse/session`, { headers: { cookie: ids[0] ?? '' } });
    expect(withOld.status).toBe(401);
    expect(await (await nurse.ask('/nurse/session')).json()).toMatchObject({ user: { name: 'Amir Nordin' } });
  });

  it('never lets the browser see a token', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const answers = [
      ...nurse.login,
      await nurse.ask('/nurse/session'),
      await nurse.ask('/nurse/api/Patient'),
    ];
    for (const answer of answers) {
      const text = answer.bodyUsed ? '' : await answer.text();
      expect([...answer.headers].join() + text, answer.url).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    }
  });

  it('refuses a code that another browser asked for, and whom it is not made for', async () => {
    const nurse = visitor();
    const victim = visitor();
    const start = await nurse.visit('/nurse/login');
    await victim.visit('/nurse/login');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
    const stolen = await victim.visit(`/nurse/callback?code=abc&state=${state}`);
    expect(stolen.headers.get('location')).toBe('/nurse/?login=failed');
    expect((await visitor().visit('/nurse/callback?code=abc&state=x')).headers.get('location')).toBe(
      '/nurse/?login=failed',
    );
    const patient = await logIn('nurse', 'patient');
    expect(patient.login.at(-1)?.url).toContain('login=other-client');
    expect((await patient.ask('/nurse/session')).status).toBe(401);
  });
});

describe('The API behind the nurse client', () => {
  const path = '/nurse/api/Patient/astrid-testberg';

  it('answers with the token of the session, to scripts of the pages alone', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const own = await nurse.ask(path);
    expect(own.status).toBe(200);
    expect(own.headers.get('etag')).toMatch(/^W\//);
    expect(own.headers.get('cache-control')).toContain('no-store');
    expect(await own.json()).toMatchObject({ resourceType: 'Patient', id: 'astrid-testberg' });
    const refused: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'same-origin' },
      { 'x-naravard': '1', 'sec-fetch-site': 'cross-site' },
      { 'x-naravard': '1', 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of refused) {
      const answer = await nurse.visit(path, { headers });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ resourceType: 'OperationOutcome' }),
      ]);
    }
    expect((await visitor().ask(path)).status).toBe(401);
  });

  it('sends kept work in the name of who wrote it alone', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const { user } = (await (await nurse.ask('/nurse/session')).json()) as { user: { sub: string } };
    const asWrittenBy = async (sub: string) =>
      (await nurse.ask(path, { headers: { 'x-naravard-user': sub } })).status;
    expect([await asWrittenBy(user.sub), await asWrittenBy('somebody-else')]).toEqual([200, 401]);
  });

  it('passes a batch on to the base', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const entry = [{ request: { method: 'GET', url: 'Patient/astrid-testberg' } }];
    const answer = await nurse.ask('/nurse/api/', {
      method: 'POST',
      body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
      headers: { 'content-type': 'application/fhir+json' },
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ entry: [expect.objectContaining({ resource: expect.anything() })] }),
    ]);
  });

  it('passes conditional creates on once', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const value = 'urn:uuid:5a0c6f0e-4a2b-4f0e-9a55-0d9a3b1c2d3e';
    const task = {
      resourceType: 'Task',
      identifier: [{ system: 'urn:ietf:rfc:3986', value }],
      status: 'completed',
      intent: 'order',
      code: { text: 'Vägde Astrid' },
      for: { reference: 'Patient/astrid-testberg' },
    };
    const create = () =>
      nurse.ask('/nurse/api/Task', {
        method: 'POST',
        body: JSON.stringify(task),
        headers: {
          'content-type': 'application/fhir+json',
          'if-none-exist': `identifier=urn:ietf:rfc:3986|${value}`,
        },
      });
    const first = await create();
    expect([first.status, first.headers.get('location')]).toEqual([201, expect.stringContaining('/Task/')]);
    expect((await create()).status).toBe(200);
  });

  it.each(['../livez', '..%2flivez', '%2e%2e/sandbox/personas', '/evil.example/', 'https://evil.example/'])(
    'goes nowhere else: %s',
    async (path) => {
      const nurse = await logIn('nurse', 'ssk-hemsjukvard');
      const answer = await nurse.ask(`/nurse/api/${path}`);
      expect([400, 403, 404]).toContain(answer.status);
      expect(await answer.text()).not.toContain('Maja');
    },
  );
});

describe('Logging out', () => {
  it('ends the session, and tells the browser to forget', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const elsewhere = await nurse.visit('/nurse/logout', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    expect(elsewhere.status).toBe(403);
    expect((await nurse.ask('/nurse/session')).status).toBe(200);
    const set = nurse.login.flatMap(({ headers }) => headers.getSetCookie());
    const cookie = set.findLast((each) => /^nv-nurse=\S{43};/.test(each))?.split(';', 1)[0] ?? '';
    const out = await nurse.ask('/nurse/logout', { method: 'POST' });
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    for (const path of ['/nurse/session', '/nurse/api/Patient/astrid-testberg']) {
      const kept = await fetch(`${web.origin}${path}`, { headers: { ...ownScript, cookie } });
      expect(kept.status, 'a copy of the cookie').toBe(401);
    }
    expect(await (await nurse.ask('/nurse/session')).json()).toEqual({ reason: 'none' });
  });

  it('everywhere ends the other devices of the same person, which are told why', async () => {
    const [here, there, other] = [
      await logIn('nurse', 'ssk-hemsjukvard'),
      await logIn('nurse', 'ssk-hemsjukvard'),
      await logIn('nurse', 'nattsjukskoterska'),
    ];
    expect((await here.ask('/nurse/logout-everywhere', { method: 'POST' })).status).toBe(200);
    const told = await there.ask('/nurse/session');
    expect([told.status, await told.json()]).toEqual([401, { reason: 'revoked' }]);
    expect((await there.ask('/nurse/api/Patient')).status).toBe(401);
    expect((await other.ask('/nurse/session')).status).toBe(200);
  });
});

describe('The patient client', () => {
  it('lets a person and a guardian in, and none of the staff', async () => {
    for (const persona of ['patient', 'vardnadshavare']) {
      const person = await logIn('patient', persona);
      expect([person.login.at(-1)?.url, person.login.at(-1)?.status]).toEqual([
        `${web.origin}/patient/`,
        200,
      ]);
    }
    const staff = await logIn('patient', 'ssk-hemsjukvard');
    expect([landed(staff), staff.login.at(-1)?.status]).toEqual(['/patient/callback', 403]);
    const page = (await staff.login.at(-1)?.text()) ?? '';
    expect(page).toContain('Den här sidan är för patienter');
    expect(page).toContain('href="/nurse/"');
  });

  it('shows the person her own plan, and takes no form from another site', async () => {
    const astrid = await logIn('patient', 'patient');
    const page = await astrid.visit('/patient/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Astrid');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { origin: 'https://evil.example' },
      {},
    ] as Record<string, string>[]) {
      const answer = await astrid.visit('/patient/delning', {
        method: 'POST',
        body: new URLSearchParams({ what: 'x' }),
        headers,
      });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    }
    expect((await astrid.send('/patient/logout')).headers.get('clear-site-data')).toContain('storage');
    expect((await astrid.visit('/patient/ring')).status).not.toBe(200);
  });
});

describe('Every page', () => {
  const pages = [
    '/nurse/',
    '/nurse/nummer',
    '/nurse/patient/astrid-testberg/plan',
    '/nurse/nowhere',
    '/nurse/sw.js',
    '/patient/tillganglighet',
    '/patient/nowhere',
  ];

  it.each(pages)('attack 86: %s has a policy that allows nothing inline and no frame', async (path) => {
    const policy = (await visitor().visit(path)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('holds nothing inline', async () => {
    for (const path of pages) {
      const text = await (await visitor().visit(path)).text();
      expect(text, path).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+="/i);
    }
  });

  it('that there is not is a 404', async () => {
    expect((await visitor().visit('/nurse/nowhere')).status).toBe(404);
    expect((await (await logIn('patient', 'patient')).visit('/patient/nowhere')).status).toBe(404);
    expect((await visitor().visit('/nurse')).headers.get('location')).toBe('/nurse/');
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', null],
  ])(
    'loads files that come to a browser which reads %s as %s, and hold the same',
    async (accepted, coding) => {
      const shell = await (await fetch(`${web.origin}/nurse/`)).text();
      const [file = ''] = /\/web\/assets\/[^"]+\.js/.exec(shell) ?? [];
      const answer = await fetch(web.origin + file, { headers: { 'accept-encoding': accepted } });
      expect(answer.headers.get('content-encoding')).toBe(coding);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      const plain = await fetch(web.origin + file, { headers: { 'accept-encoding': 'identity' } });
      expect(await answer.text()).toBe(await plain.text());
    },
  );

  it('loads files that may be kept for ever, and no others of the disk', async () => {
    const shell = await (await visitor().visit('/nurse/')).text();
    const [file = ''] = /\/web\/assets\/[^"]+\.js/.exec(shell) ?? [];
    const found = await visitor().visit(file);
    expect([found.status, found.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect(found.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    for (const path of [
      '/web/assets/../../package.json',
      '/web/%2e%2e/patient/render.js',
      '/web/.vite/manifest.json',
      '/web/assets/nothing.js',
    ])
      expect(await statusOf(path), path).toBe(404);
    expect(await statusOf('/web/assets/..%2f..%2fpackage.json')).toBe(400);
  });
});

describe('The page of the nurse client', () => {
  it('says who is logged in, so that it need not ask, and is then kept nowhere', async () => {
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    const page = await nurse.visit('/nurse/patient/astrid-testberg');
    const html = await page.text();
    const said = /<script type="application\/json" id="session">(.+?)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(said)).toEqual(await (await nurse.ask('/nurse/session')).json());
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/Testberg|eyJ/);
  });

  it('is the same for everybody who is not logged in', async () => {
    const page = await visitor().visit('/nurse/');
    expect(await page.text()).not.toContain('id="session"');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  });
});

describe('The emergency numbers', () => {
  it('that are for staff alone are told in the nurse client, and on no page of a patient', async () => {
    const forStaff = ['031-390 06 27', '031-390 06 29'];
    const nurses = await (await visitor().visit('/nurse/emergency-numbers.json')).text();
    for (const number of forStaff) expect(nurses).toContain(number);
    const astrid = await logIn('patient', 'patient');
    for (const who of [visitor(), astrid]) {
      for (const path of ['/patient/', '/patient/finns-inte']) {
        const page = await (await who.visit(path)).text();
        expect(page, path).toContain('031-390 06 24');
        for (const number of forStaff) expect(page, path).not.toContain(number);
      }
    }
  });
});

describe('While the database is down', () => {
  it('the shell and the emergency numbers are there, and patients are told in words', async () => {
    const astrid = await logIn('patient', 'patient');
    const nurse = await logIn('nurse', 'ssk-hemsjukvard');
    await web.loseDatabase();
    try {
      expect((await visitor().visit('/nurse/')).status).toBe(200);
      const answer: unknown = await (await visitor().visit('/nurse/emergency-numbers.json')).json();
      const alarm = expect.objectContaining({ number: '112', hours: 'Dygnet runt' });
      expect(answer).toEqual({ numbers: expect.arrayContaining([alarm]) });
      expect((await nurse.ask('/nurse/session')).status).toBe(200);
      expect((await nurse.ask('/nurse/api/Patient/astrid-testberg')).status).toBe(503);
      const page = await astrid.visit('/patient/');
      expect(page.status).toBe(503);
      expect(await page.text()).toMatch(/1177[\s\S]*112|112[\s\S]*1177/);
    } finally {
      await web.findDatabase();
    }
  });
});
