import { describe, expect, it } from 'vitest';
import { planOf } from '../../services/web/src/api/plan.ts';
import { sbarOf, sbarText } from '../../services/web/src/nurse/data/sbar.ts';

const speaker = { name: 'Amir Noor', title: 'Sjuksköterska', unit: 'Hemsjukvården Söder' };
const times = { age: '85 år', when: (iso: string) => `den ${iso.slice(8, 10)}` };

const patient = {
  name: 'Astrid Testberg',
  protectedIdentity: false,
  address: { text: 'Strandvägen 12', access: 'Portkod 4711' },
};
const inForce = {
  title: 'Hjärtsvikt',
  normal: [{ what: 'Syremättnad', value: '92–95 %' }],
  limits: 'Ingen intensivvård',
};
const more = {
  attention: [{ reference: 'Flag/a', kind: 'blodfortunnande', text: 'Tar blodförtunnande' }],
  measurements: [
    {
      title: 'Vikt',
      unit: 'kg',
      values: [
        { at: '2026-11-20', value: 70 },
        { at: '2026-11-23', value: 72.5 },
      ],
    },
  ],
  recent: [{ title: 'Hembesök', start: '2026-11-22', note: 'Svullna ben.' }],
};
const said = (who: object, plans: readonly object[], rest: object = {}) =>
  sbarOf(planOf({ patient: who, patientkontrakt: { sammanhallenPlan: { plans } }, ...rest }), speaker, times);

describe('What is read out on the telephone', () => {
  const parts = said(patient, [inForce], more);
  const [situation, background, current, advice] = parts.map(({ lines }) => lines);

  it('has the four headings of care, in their order', () => {
    expect(parts.map(({ title }) => title)).toEqual(['Situation', 'Bakgrund', 'Aktuellt', 'Rekommendation']);
    expect(sbarText(parts)).toMatch(/^Situation:\nJag heter Amir Noor/);
  });

  it('begins with who calls, about whom and from where', () => {
    expect(situation).toEqual([
      'Jag heter Amir Noor, sjuksköterska på Hemsjukvården Söder.',
      'Jag ringer om Astrid Testberg, 85 år.',
      'Vi är på Strandvägen 12.',
      'Jag ringer därför att: …',
    ]);
  });

  it('tells plans, what must be known and what is not to be done', () => {
    expect(background).toEqual([
      'Planer: Hjärtsvikt.',
      'Tar blodförtunnande.',
      'Behandlingsbegränsning: Ingen intensivvård.',
    ]);
  });

  it('tells what is normal for the person, the newest value and the last visit', () => {
    expect(current).toEqual([
      'Normalt: Syremättnad 92–95 %.',
      'Vikt: 72,5 kg (den 23).',
      'Senaste besök: Hembesök, den 22. Svullna ben.',
      'Nu ser jag: …',
    ]);
    expect(advice?.at(-1)).toContain('Upprepa');
  });

  it('never has the way in, and no address of who is protected', () => {
    expect(sbarText(parts)).not.toContain('4711');
    expect(sbarText(said({ ...patient, protectedIdentity: true }, [inForce]))).not.toContain('Strandvägen');
  });

  it('says that there is no plan', () => {
    expect(said(patient, []).at(1)?.lines).toEqual(['Jag ser ingen plan.']);
  });
});
