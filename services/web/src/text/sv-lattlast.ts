import { datesSv } from './dates-sv.ts';
import { sv } from './sv.ts';
import type { Texts } from './texts.ts';

/** Easy-to-read Swedish: short sentences, common words, no abbreviations. */
export const svLattlast: Texts = {
  ...sv,
  dates: { ...datesSv, at: (clock) => `klockan ${clock}`, justNow: 'alldeles nyss' },
  call: {
    ...sv.call,
    noAnswer: 'Svarar ingen?',
    more: (count) => `Visa ${count} nummer till`,
    answers: { nu: 'Öppet nu', stangt: 'Stängt nu', okant: 'Vi vet inte när de svarar' },
    staffOnly: 'Bara för personal.',
  },
  steps: {
    ...sv.steps,
    levels: { ...sv.steps.levels, 'ring-idag': 'Ring i dag. Vänta inte till i morgon.' },
    first: 'Gör det här först:',
    who: 'De hjälper dig:',
    ordination: 'Det finns medicin utskriven för det här.',
    normal: 'Så här brukar du ha det',
    limits: 'Det här vill du inte',
  },
  contacts: {
    ...sv.contacts,
    checked: (day) => `Vi provade numret ${day}.`,
    several: 'Du har en läkare till på ett annat ställe.',
  },
  week: {
    ...sv.week,
    label: 'Bilden visar vem som svarar. Det står också som text.',
    legend: 'De här svarar',
    asText: 'Läs som text',
    wholeDay: 'hela dagen och natten',
  },
  measure: { ...sv.measure, table: 'Se alla värden', within: 'Det är bra' },
  goals: { own: 'Du har sagt det', none: 'Det finns inga mål.' },
  notes: {
    ...sv.notes,
    kinds: {
      ...sv.notes.kinds,
      'egen-anteckning': 'Det här har du skrivit',
      'onskan-sip': 'Vill ha en plan tillsammans (SIP)',
    },
  },
};
