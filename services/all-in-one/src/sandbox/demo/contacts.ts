import type { CareTeam } from '@medplum/fhirtypes';
import { fastKontakt, nursesOnDuty } from './fast-kontakt.ts';
import { nightTeam } from './night.ts';
import { patient as of } from './persons.ts';
import { daily, officeHours, phone } from './phone.ts';
import type { StoryTime } from './story-time.ts';

/** Astrid's fasta kontakter that the vårdcentral has appointed. */
export const regionContacts = (time: StoryTime): CareTeam[] => [
  fastKontakt({
    id: 'astrid-fast-lakarkontakt',
    of,
    type: '2',
    who: ['omar-lind', 'Omar Lind'],
    unit: 'vc-havsvinden',
    uppdrag: 'Ansvarar för din medicinska behandling hos vårdcentralen.',
    telecom: phone('031-390 06 20', officeHours(), time.date(-5)),
    start: time.date(-420),
  }),
  fastKontakt({
    id: 'astrid-fast-vardkontakt-samordning',
    of,
    type: '4',
    who: ['eva-strand', 'Eva Strand'],
    unit: 'vc-havsvinden',
    uppdrag: 'Håller ihop din vård och kallar till möten om din plan.',
    telecom: phone('031-390 06 21', officeHours(), time.date(-5)),
    start: time.date(-300),
  }),
];

/** The nurse of the hemsjukvård and the team that answers day and night. */
export const hemsjukvardContacts = (time: StoryTime): CareTeam[] => [
  nursesOnDuty(time, { id: 'team-hemsjukvarden-soder', of }),
  nightTeam(time, { id: 'astrid-team-natt', of }),
  fastKontakt({
    id: 'astrid-fast-vardkontakt',
    of,
    type: '1',
    who: ['maja-berg', 'Maja Berg'],
    unit: 'hemsjukvarden-soder',
    uppdrag: 'Besöker dig hemma och följer vikt, ben och andning.',
    telecom: phone('031-390 06 22', officeHours(), time.date(-5)),
    start: time.date(-400),
    viaTeam: 'team-hemsjukvarden-soder',
  }),
];

/** The undersköterska of the hemtjänst. */
export const hemtjanstContacts = (time: StoryTime): CareTeam[] => [
  fastKontakt({
    id: 'astrid-fast-omsorgskontakt',
    of,
    type: '3',
    who: ['sven-dahl', 'Sven Dahl'],
    unit: 'hemtjansten-soder',
    uppdrag: 'Ordnar hjälpen hemma så att den passar din vardag.',
    telecom: phone('031-390 06 23', daily('07:00:00', '16:00:00'), time.date(-5)),
    start: time.date(-390),
  }),
];
