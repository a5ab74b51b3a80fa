import type { Practitioner, PractitionerRole } from '@medplum/fhirtypes';
import { hsa } from '../hsa.ts';
import { hsaIdentifier, ref } from './codes.ts';

/** Befattning in words: the code list was not at hand when this was written. */
type Employee = readonly [id: string, hsaId: string, given: string, family: string, post: string, at: Unit];

/** Id of the Organization and its name. */
type Unit = readonly [id: string, name: string];

const VC: Unit = ['vc-havsvinden', 'Vårdcentral Havsvinden'];
const WARD: Unit = ['medicinavdelning-3', 'Medicinavdelning 3'];
const PSYCHIATRY: Unit = ['psykiatriska-mottagningen', 'Psykiatriska mottagningen Falkenberg'];
const AMBULANCE: Unit = ['ambulansen-falkenberg', 'Ambulansen Falkenberg'];
const SECURITY: Unit = ['informationssakerhet-halland', 'Informationssäkerhet'];
const SODER: Unit = ['hemsjukvarden-soder', 'Hemsjukvården Söder'];
const NIGHT: Unit = ['hemsjukvarden-natt', 'Hemsjukvården Natt'];
const HOME_CARE: Unit = ['hemtjansten-soder', 'Hemtjänsten Söder'];
const PATROL: Unit = ['nattpatrullen', 'Hemtjänstens nattpatrull'];
const ASSESSMENT: Unit = ['bistand-falkenberg', 'Biståndsenheten'];
const PRIVATE: Unit = ['vc-kusten', 'Vårdcentralen Kusten'];

const employees: readonly Employee[] = [
  ['omar-lind', hsa.omarLind, 'Omar', 'Lind', 'Specialistläkare', VC],
  ['eva-strand', hsa.evaStrand, 'Eva', 'Strand', 'Distriktssköterska', VC],
  ['lisa-ek', hsa.lisaEk, 'Lisa', 'Ek', 'Specialistläkare', WARD],
  ['karim-haddad', hsa.karimHaddad, 'Karim', 'Haddad', 'Specialistläkare', PSYCHIATRY],
  ['johan-wik', hsa.johanWik, 'Johan', 'Wik', 'Ambulanssjuksköterska', AMBULANCE],
  ['birgitta-alm', hsa.birgittaAlm, 'Birgitta', 'Alm', 'Logggranskare', SECURITY],
  ['tomas-frid', hsa.tomasFrid, 'Tomas', 'Frid', 'Spärrhandläggare', SECURITY],
  ['maja-berg', hsa.majaBerg, 'Maja', 'Berg', 'Sjuksköterska', SODER],
  ['amir-nordin', hsa.amirNordin, 'Amir', 'Nordin', 'Sjuksköterska', NIGHT],
  ['sven-dahl', hsa.svenDahl, 'Sven', 'Dahl', 'Undersköterska', HOME_CARE],
  ['elsa-bjork', hsa.elsaBjork, 'Elsa', 'Björk', 'Undersköterska', PATROL],
  ['nina-holm', hsa.ninaHolm, 'Nina', 'Holm', 'Biståndshandläggare', ASSESSMENT],
  ['petra-sund', hsa.petraSund, 'Petra', 'Sund', 'Specialistläkare', PRIVATE],
];

const practitioner = ([id, hsaId, given, family]: Employee): Practitioner => ({
  resourceType: 'Practitioner',
  id,
  identifier: [hsaIdentifier(hsaId)],
  active: true,
  name: [{ use: 'official', family, given: [given], text: `${given} ${family}` }],
});

const role = ([id, , given, family, post, unit]: Employee): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id,
  active: true,
  practitioner: ref(`Practitioner/${id}`, `${given} ${family}`),
  organization: ref(`Organization/${unit[0]}`, unit[1]),
  code: [{ text: post }],
});

/** Those who work round the persons of the story. */
export const staff = [...employees.map(practitioner), ...employees.map(role)];
