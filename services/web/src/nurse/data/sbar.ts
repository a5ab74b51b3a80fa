import type { SamordnadPlan } from '../../api/plan.ts';

/** The four headings that Swedish care hands over by on the telephone: situation, bakgrund, aktuellt, rekommendation. */
export interface Sbar {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Speaker {
  readonly name: string;
  readonly title: string | null;
  readonly unit: string | null;
}

/** Words of the pure text that depend on the clock, so that it is the same on every telephone. */
export interface SpokenTimes {
  readonly age: string | null;
  readonly when: (iso: string) => string;
}

/** What the plan knows of it; what the nurse sees is hers to add, and stands as a blank to fill in aloud. */
export function sbarOf(plan: SamordnadPlan, speaker: Speaker, times: SpokenTimes): readonly Sbar[] {
  return [
    { title: 'Situation', lines: situation(plan, speaker, times) },
    { title: 'Bakgrund', lines: background(plan) },
    { title: 'Aktuellt', lines: current(plan, times) },
    {
      title: 'Rekommendation',
      lines: ['Jag vill att du: …', 'Har jag uppfattat dig rätt? Upprepa det vi har bestämt.'],
    },
  ];
}

export const sbarText = (parts: readonly Sbar[]): string =>
  parts.map(({ title, lines }) => [`${title}:`, ...lines].join('\n')).join('\n\n');

function situation(
  { patient }: SamordnadPlan,
  { name, title, unit }: Speaker,
  { age }: SpokenTimes,
): string[] {
  const role = title?.toLocaleLowerCase('sv');
  const me = ['Jag heter ', name, role && `, ${role}`, unit && ` på ${unit}`, '.'].filter(Boolean).join('');
  const about = ['Jag ringer om ', patient.name ?? 'en patient', age && `, ${age}`, '.']
    .filter(Boolean)
    .join('');
  const where = patient.address && `Vi är på ${patient.address.text}.`;
  return [me, about, ...(patient.protectedIdentity || !where ? [] : [where]), 'Jag ringer därför att: …'];
}

function background({ patientkontrakt, attention }: SamordnadPlan): string[] {
  const { plans } = patientkontrakt.sammanhallenPlan;
  const titles = plans.map(({ title }) => title);
  return [
    titles.length > 0 ? `Planer: ${titles.join('. ')}.` : 'Jag ser ingen plan.',
    ...attention.map(({ text }) => sentence(text)),
    ...plans.flatMap(({ limits }) => (limits ? [`Behandlingsbegränsning: ${sentence(limits)}`] : [])),
  ];
}

function current({ patientkontrakt, measurements, recent }: SamordnadPlan, { when }: SpokenTimes): string[] {
  const normal = patientkontrakt.sammanhallenPlan.plans.flatMap((plan) => plan.normal);
  const last = measurements.flatMap(({ title, unit, values }) => {
    const value = values.at(-1);
    return value ? [`${title}: ${String(value.value).replace('.', ',')} ${unit} (${when(value.at)}).`] : [];
  });
  const visit = recent[0];
  return [
    ...(normal.length > 0
      ? [`Normalt: ${normal.map(({ what, value }) => `${what} ${value}`).join(', ')}.`]
      : []),
    ...last,
    ...(visit ? [`Senaste besök: ${visit.title}, ${when(visit.start)}. ${visit.note ?? ''}`.trim()] : []),
    'Nu ser jag: …',
  ];
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
