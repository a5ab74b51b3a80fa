import { describe, expect, it } from 'vitest';
import { isOwnForm, isOwnScript } from '../../services/web/src/server/headers.ts';
import { createSessions, type Session, type Sessions } from '../../services/web/src/server/sessions.ts';

const minutes = (count: number) => count * 60_000;

/** Sessions on a clock that is moved by hand. */
function onClock(): { sessions: Sessions; wait(ms: number): void } {
  let now = Date.parse('2026-03-01T02:15:00Z');
  return {
    sessions: createSessions(() => now),
    wait: (ms) => {
      now += ms;
    },
  };
}

const nurse = (sub = 'a'): Omit<Session, 'ends'> => ({
  client: 'nurse',
  token: 'token',
  user: {
    client: 'nurse',
    sub,
    name: 'Maja Berg',
    title: null,
    employeeHsaId: sub,
    unitHsaId: 'u',
    unit: null,
    organisation: { hsaId: 'o', as: 'vardgivare' },
  },
});

const patient: Omit<Session, 'ends'> = {
  client: 'patient',
  token: 'token',
  user: { client: 'patient', sub: 'p', name: 'Astrid', patient: 'astrid', actsFor: false },
};

const eightHours = 8 * 3600;

describe('A session', () => {
  it('of a nurse lasts as long as the token, used or not', () => {
    const { sessions, wait } = onClock();
    const id = sessions.open(nurse(), eightHours);
    wait(minutes(8 * 60) - 1);
    expect(sessions.find(id, 'nurse')).toMatchObject({ token: 'token' });
    wait(1);
    expect(sessions.find(id, 'nurse')).toBe('expired');
    expect(sessions.find(id, 'nurse'), 'and it is still known why').toBe('expired');
  });

  it('of a patient ends an hour after it was used last', () => {
    const { sessions, wait } = onClock();
    const id = sessions.open(patient, eightHours);
    for (let visit = 0; visit < 3; visit++) {
      wait(minutes(59));
      expect(sessions.find(id, 'patient')).toMatchObject({ client: 'patient' });
    }
    wait(minutes(60));
    expect(sessions.find(id, 'patient')).toBe('expired');
  });

  it('lasts twelve hours at most', () => {
    const { sessions, wait } = onClock();
    const id = sessions.open(nurse(), 7 * 24 * 3600);
    wait(minutes(12 * 60));
    expect(sessions.find(id, 'nurse')).toBe('expired');
  });

  it('of one client is none of the other', () => {
    const { sessions } = onClock();
    expect(sessions.find(sessions.open(patient, eightHours), 'nurse')).toBe('none');
    expect(sessions.find(undefined, 'nurse')).toBe('none');
    expect(sessions.find('constructor', 'nurse')).toBe('none');
  });

  it('that was taken back is told so for a day, also a device that was away', () => {
    const { sessions, wait } = onClock();
    const [mine, theirs] = [sessions.open(nurse('a'), eightHours), sessions.open(nurse('b'), eightHours)];
    sessions.revoke('a');
    wait(minutes(7 * 60));
    expect(sessions.find(mine, 'nurse')).toBe('revoked');
    expect(sessions.find(theirs, 'nurse')).toMatchObject({ user: { sub: 'b' } });
    wait(minutes(24 * 60));
    sessions.open(nurse('c'), eightHours);
    expect(sessions.find(mine, 'nurse')).toBe('none');
  });

  it('never leaves memory to a flood of logins', () => {
    const { sessions } = onClock();
    const first = sessions.open(nurse(), eightHours);
    const used = sessions.open(nurse(), eightHours);
    for (let count = 0; count < 19_998; count++) sessions.open(patient, eightHours);
    expect(sessions.find(used, 'nurse')).toMatchObject({ client: 'nurse' });
    sessions.open(patient, eightHours);
    sessions.open(patient, eightHours);
    expect(sessions.find(first, 'nurse')).toBe('expired');
    expect(sessions.find(used, 'nurse')).toMatchObject({ client: 'nurse' });
  });
});

describe('A request is our own', () => {
  const request = (headers: Record<string, string>) => ({ headers }) as Parameters<typeof isOwnScript>[0];
  const origin = 'https://plan.example';

  it('as a script, by a header that no other site may set', () => {
    expect(isOwnScript(request({ 'x-naravard': '1', 'sec-fetch-site': 'same-origin' }))).toBe(true);
    expect(isOwnScript(request({ 'x-naravard': '1' })), 'an old browser').toBe(true);
    expect(isOwnScript(request({ 'x-naravard': '1', 'sec-fetch-site': 'cross-site' }))).toBe(false);
    expect(isOwnScript(request({ 'sec-fetch-site': 'same-origin' }))).toBe(false);
  });

  it('as a form, by what the browser says of where it stood', () => {
    expect(isOwnForm(request({ 'sec-fetch-site': 'same-origin' }), origin)).toBe(true);
    expect(isOwnForm(request({ origin }), origin), 'an old browser').toBe(true);
    expect(isOwnForm(request({ 'sec-fetch-site': 'same-site', origin }), origin)).toBe(false);
    expect(isOwnForm(request({ 'sec-fetch-site': 'none' }), origin)).toBe(false);
    expect(isOwnForm(request({ origin: 'null' }), origin)).toBe(false);
    expect(isOwnForm(request({}), origin)).toBe(false);
  });
});
