import { describe, expect, test } from 'vitest';
import { createUnsentForms, markOf } from '../../services/web/src/server/unsent.ts';
import type { PersonUser } from '../../services/web/src/server/user.ts';

const astrid: PersonUser = {
  client: 'patient',
  sub: '19400101-0000',
  name: 'Astrid',
  patient: 'astrid',
  actsFor: false,
};

const written = (text: string) => ({
  mark: markOf(astrid),
  at: '/skriv/anteckning',
  fields: new URLSearchParams({ text }).toString(),
  maybeSent: false,
});

/** Forms on a clock that is moved by hand. */
function onClock() {
  let now = Date.parse('2026-03-01T02:15:00Z');
  return {
    forms: createUnsentForms(() => now),
    wait: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

describe('A form that was not sent', () => {
  test('is opened as it was sealed, for half an hour', () => {
    const { forms, wait } = onClock();
    const sealed = forms.seal(written('Jag sover dåligt.'));
    wait(29);
    expect(forms.open(sealed)).toEqual(written('Jag sover dåligt.'));
    wait(1);
    expect(forms.open(sealed)).toBeUndefined();
  });

  test('is not readable, and opens for no other process and after no change', () => {
    const { forms } = onClock();
    const sealed = forms.seal(written('Jag sover dåligt.')) ?? '';
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/sover|skriv|mark/);
    expect(onClock().forms.open(sealed)).toBeUndefined();
    const changed = `${sealed.slice(0, 40)}${sealed[40] === 'A' ? 'B' : 'A'}${sealed.slice(41)}`;
    for (const each of [changed, sealed.slice(4), '', 'x', undefined])
      expect(forms.open(each), each).toBeUndefined();
  });

  test('of the longest text that is taken fits into a cookie, in Arabic too, and what does not fit is left', () => {
    const { forms } = onClock();
    for (const words of ['Jag vill helst duscha på morgonen. ', 'أريد أن أستحم في الصباح. ']) {
      const text = words.repeat(100).slice(0, 2000);
      expect(forms.open(forms.seal(written(text)))).toEqual(written(text));
    }
    expect(forms.seal(written('x'.repeat(30_001)))).toBeUndefined();
    const noise = Array.from({ length: 4000 }, (_, at) =>
      String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000)),
    );
    expect(forms.seal(written(noise.join('').slice(0, 2000)))).toBeUndefined();
  });

  test('tells persons apart without saying who they are, and a guardian’s children too', () => {
    expect(markOf(astrid)).toMatch(/^[\w-]{22}$/);
    expect(markOf({ ...astrid, name: 'A. Testberg' })).toBe(markOf(astrid));
    expect(markOf({ ...astrid, patient: 'alva' })).not.toBe(markOf(astrid));
    expect(markOf({ ...astrid, sub: 'other' })).not.toBe(markOf(astrid));
  });
});
