import type { ClientNumber } from '@naravard/web';

const always = 'Dygnet runt';

/** What the clients of the sandbox show when nothing else works: the demo's units, and what all have. */
export const emergencyNumbers: readonly ClientNumber[] = [
  { name: 'Larm vid fara för livet', number: '112', hours: always },
  { name: 'Hemsjukvården Söder, för personal', number: '031-390 06 27', hours: always, staff: true },
  { name: 'Läkare i beredskap', number: '031-390 06 29', hours: 'Klockan 17–08', staff: true },
  { name: 'Hemsjukvården Söder', number: '031-390 06 24', hours: always },
  { name: '1177, sjukvårdsrådgivning', number: '1177', hours: always },
];
