import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWeb, type WebService } from '../web/web-service.ts';
import { type Visitor, visitorsOf } from './web-visitors.ts';

let web: WebService;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

const { logIn } = visitorsOf(() => web.origin);

const note = '/patient/skriv/anteckning';
const words = 'Jag vill helst duscha på morgonen, ”inte” på kvällen. '.repeat(36).trim();

const page = async (who: Visitor, path: string): Promise<string> => (await who.visit(path)).text();

/** The fields of the form on a page, with what a person writes and chooses. */
async function filledIn(who: Visitor, path: string, text = words): Promise<Record<string, string>> {
  const html = await page(who, path);
  const [, person = ''] = /name="person" value="([^"]+)"/.exec(html) ?? [];
  const [, val = ''] = /type="radio" name="val" value="([^"]+)"/.exec(html) ?? [];
  return { person, val, text };
}

/** Logged out in another tab: the form stands open still. */
const loseSession = (who: Visitor) => who.send('/patient/logout');

const written = (html: string): string =>
  (/<textarea[^>]*>([^<]*)/.exec(html)?.[1] ?? '').replaceAll('&quot;', '"');

describe('What a person wrote when the session had ended', () => {
  it('stands in the form again when she has logged in, and is sent by herself alone', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    await loseSession(astrid);
    const late = await astrid.send(note, fields);
    const told = await late.text();
    expect([late.status, /<h1[^>]*>([^<]+)/.exec(told)?.[1]]).toEqual([
      401,
      'Det du fyllde i är inte skickat än',
    ]);
    expect(told).toContain(`href="/patient/login?to=${encodeURIComponent(note)}"`);
    await logIn('patient', 'patient', note, astrid);
    expect(await page(astrid, '/patient/skriv')).not.toContain('duscha');
    const form = await page(astrid, note);
    expect(written(form)).toBe(words);
    expect(form).toContain('Det står kvar här.');
    expect(await page(astrid, '/patient/'), 'the way back to it').toContain(`href="${note}"`);
    expect((await astrid.send(note, { ...fields, text: 'Det räcker.' })).status).toBe(303);
    expect(written(await page(astrid, note))).toBe('');
  });

  it('is read by nobody else: neither in the browser’s cookie, nor by who logs in after her', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    await loseSession(astrid);
    const late = await astrid.send(note, fields);
    const [sealed = ''] = late.headers.getSetCookie().filter((each) => each.startsWith('nv-unsent='));
    expect(sealed).toMatch(/^nv-unsent=[\w-]{100,3900}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
    await logIn('patient', 'barn', note, astrid);
    expect(await page(astrid, note)).not.toContain('duscha');
    await logIn('patient', 'patient', note, astrid);
    expect(written(await page(astrid, note)), 'gone').toBe('');
  });

  it('is put away by the way back without sending, and by no other site', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    await loseSession(astrid);
    await astrid.send(note, fields);
    await logIn('patient', 'patient', note, astrid);
    const [, back = ''] = /href="([^"]+)">Tillbaka utan att skicka/.exec(await page(astrid, note)) ?? [];
    await astrid.visit(back);
    await astrid.visit(back, { headers: { referer: 'https://evil.example/patient/skriv' } });
    expect(written(await page(astrid, note)), 'led there from elsewhere').toBe(words);
    await astrid.visit(back, { headers: { referer: web.origin + note } });
    expect(written(await page(astrid, note))).toBe('');
  });

  it('goes when she logs out', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    await loseSession(astrid);
    await astrid.send(note, fields);
    await logIn('patient', 'patient', note, astrid);
    await astrid.send('/patient/logout');
    await logIn('patient', 'patient', note, astrid);
    expect(written(await page(astrid, note))).toBe('');
  });

  it('is kept too when the service did not answer', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    await web.loseDatabase();
    const late = await astrid.send(note, fields);
    await web.findDatabase();
    expect(late.status).toBe(503);
    expect(written(await page(astrid, note))).toBe(words);
  });
});

/** Lets the service read and not write, so that it begins to carry a form out and cannot say how it went. */
async function whileNothingIsWritten<T>(act: () => Promise<T>): Promise<T> {
  const { pool } = web.database;
  await pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$;
    create trigger refuse before insert on version for each row execute function refuse()`);
  const done = await act();
  await pool.query('drop function refuse cascade');
  return done;
}

describe('A form that no answer tells of', () => {
  it('is kept as one that may have arrived, and leads to where that is seen', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note);
    const late = await whileNothingIsWritten(() => astrid.send(note, fields));
    const look = 'Titta under ”Det här har du skrivit” innan du skickar igen.';
    for (const html of [await late.text(), await page(astrid, '/patient/'), await page(astrid, note)]) {
      expect(html).toContain('Vi vet inte om det kom fram');
      expect(html).toContain(look);
      expect(html).not.toContain('inte skickat');
    }
    expect(late.status).toBe(503);
    expect(written(await page(astrid, note))).toBe(words);
  });
});

describe('A form that is too long to be kept', () => {
  const noise = Array.from({ length: 2000 }, (_, at) =>
    String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000)),
  );

  it('is told to be lost', async () => {
    const astrid = await logIn('patient', 'patient');
    const fields = await filledIn(astrid, note, noise.join(''));
    await loseSession(astrid);
    const told = await (await astrid.send(note, fields)).text();
    expect(told).toContain('Du är utloggad');
    expect(told).toContain('Det du fyllde i kunde vi inte behålla.');
    expect(await (await astrid.send(note, {})).text(), 'nothing was').not.toContain('kunde vi inte');
  });
});

it('What is sent is whole: words that do not fit beside ours are too many', async () => {
  const astrid = await logIn('patient', 'patient');
  const path = '/patient/skriv/fel-nummer';
  const answer = await astrid.send(path, await filledIn(astrid, path, 'x'.repeat(2000)));
  const [, most = ''] = /Den får ha högst (\d+) tecken\./.exec(await answer.text()) ?? [];
  expect(answer.status).toBe(422);
  expect(Number(most)).toBeLessThan(2000);
  const fitting = await filledIn(astrid, path, `${'x'.repeat(Number(most) - 1)}Z`);
  expect((await astrid.send(path, fitting)).status).toBe(303);
  expect(await page(astrid, '/patient/skriv')).toContain('xxZ');
});

describe('A form of another person than the one who is logged in now', () => {
  const heading = (html: string) => /<h1[^>]*>([^<]+)/.exec(html)?.[1];

  it('is not carried out, and stands in the form when its own person has logged in', async () => {
    const tablet = await logIn('patient', 'patient');
    const fields = await filledIn(tablet, note, 'Astrids ord.');
    await logIn('patient', 'barn', '/patient/', tablet);
    const answer = await tablet.send(note, fields);
    const told = await answer.text();
    expect([answer.status, heading(told)]).toEqual([409, 'Det du fyllde i är inte skickat']);
    expect(told).toContain('Sidan gjordes för en annan person, som var inloggad då.');
    await logIn('patient', 'patient', note, tablet);
    expect(written(await page(tablet, note))).toBe('Astrids ord.');
    for (const persona of ['patient', 'barn'])
      expect(await page(await logIn('patient', persona), '/patient/skriv')).not.toContain('Astrids ord.');
  });

  it('is not carried out where it does not say whose it is', async () => {
    const astrid = await logIn('patient', 'patient');
    const { person: _, ...fields } = await filledIn(astrid, note, 'Någons ord.');
    expect((await astrid.send(note, fields)).status).toBe(409);
    expect(await page(astrid, '/patient/skriv')).not.toContain('Någons ord.');
  });

  it('leaves what is kept for who is logged in', async () => {
    const tablet = await logIn('patient', 'patient');
    const fields = await filledIn(tablet, note, 'Astrids ord.');
    await logIn('patient', 'barn', '/patient/', tablet);
    const own = await filledIn(tablet, note, 'Alvas ord.');
    await loseSession(tablet);
    await tablet.send(note, own);
    await logIn('patient', 'barn', note, tablet);
    expect((await tablet.send(note, fields)).status).toBe(409);
    expect(written(await page(tablet, note))).toBe('Alvas ord.');
  });
});

describe('A page about a person', () => {
  it('repeats nothing of its address, which another site can choose: its compressed length would tell (BREACH)', async () => {
    const astrid = await logIn('patient', 'patient');
    for (const path of [
      '?x=zzguess',
      'logg?egna=zzguess&zzguess=ja',
      'zzguess',
      'skriv/fel-nummer?om=zzguess',
      'logg?sida=zzguess',
      'delning?hos=zzguess',
    ]) {
      const html = await page(astrid, `/patient/${path}`);
      expect(html, path).toContain('Logga ut');
      expect(html, path).not.toContain('zzguess');
    }
  });

  it('comes back after a choice of language, and leads nowhere else', async () => {
    const astrid = await logIn('patient', 'patient');
    const chosen = async (referer: string) =>
      (await astrid.visit('/patient/val?sprak=en', { headers: { referer } })).headers.get('location');
    expect(await chosen(`${web.origin}/patient/logg?egna=ja`)).toBe('/patient/logg?egna=ja');
    for (const other of [
      'https://evil.example/patient/logg',
      `${web.origin}/nurse/`,
      `${web.origin}/patient/x`,
      'x',
    ])
      expect(await chosen(other)).toBe('/patient/');
  });

  it.each(['/patient/', '/patient/logg', '/patient/delning'])(
    'says on paper whose it is: %s of a child the child’s, not the guardian’s',
    async (path) => {
      const printed = async (persona: string) =>
        /nv-print-only">([^<]+)/.exec(await page(await logIn('patient', persona), path))?.[1];
      expect(await printed('patient')).toMatch(/^Astrid Testberg\. Utskrivet \d+ \p{L}+ \d{4} kl\. /u);
      expect(await printed('vardnadshavare')).toMatch(/^Alva Testberg\. Utskrivet /);
    },
  );

  it('says what was done when it was, once, and not because a link says so', async () => {
    const astrid = await logIn('patient', 'patient');
    expect(await page(astrid, '/patient/delning?klart=sparrad')).not.toContain('Uppgifterna är spärrade');
    await astrid.send(note, await filledIn(astrid, note, 'Jag sover bäst i eget rum.'));
    for (const other of ['/patient/ring', '/patient/tider.ics'])
      expect(await page(astrid, other), 'a tab beside').not.toContain('Det du skrev är skickat.');
    expect(await page(astrid, '/patient/skriv')).toContain('Det du skrev är skickat.');
    expect(await page(astrid, '/patient/skriv')).not.toContain('Det du skrev är skickat.');
  });
});
