import type { CodeableConcept, Encounter } from '@medplum/fhirtypes';
import { type Case, DAY } from './case.ts';

const OWN = 'https://naravard.se/fhir/CodeSystem/vardkontakt';
const CLASS = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const MINUTE = 60_000;

interface Kind {
  place: 'AMB' | 'HH' | 'VR' | 'IMP';
  type: CodeableConcept[];
  minutes: readonly [least: number, most: number];
}

const kind = (place: Kind['place'], code: string, display: string, least: number, most: number): Kind => ({
  place,
  type: [{ coding: [{ system: OWN, code, display }], text: display }],
  minutes: [least, most],
});

const MOTTAGNING = kind('AMB', 'mottagningsbesok', 'Mottagningsbesök', 15, 45);
const HEMBESOK = kind('HH', 'hembesok', 'Hembesök', 20, 60);
const HEMSJUKVARD = kind('HH', 'hemsjukvardsbesok', 'Hemsjukvårdsbesök', 10, 40);
const VIDEO = kind('VR', 'videokontakt', 'Distanskontakt via video', 10, 30);
const INSKRIVEN = kind('IMP', 'vardtillfalle', 'Vårdtillfälle', 1440, 12_000);

const OF_REGION = [MOTTAGNING, MOTTAGNING, VIDEO, HEMBESOK, INSKRIVEN] as const;
const REASONS = [
  'Kontroll av vikt och ben.',
  'Provtagning.',
  'Andfåddhet.',
  'Såromläggning.',
  'Uppföljning.',
] as const;

/** About ten contacts in two years and the next one; most of them hemsjukvård where there is one. */
export function encounters(person: Case): { region: Encounter[]; halsoOchSjukvard: Encounter[] } {
  const region: Encounter[] = [];
  const halsoOchSjukvard: Encounter[] = [];
  const { random } = person;
  for (let at = 1, count = random.whole(6, 14); at <= count; at++) {
    const daysAgo = at === 1 ? -random.whole(1, 30) : random.whole(1, 730);
    const nurse = person.hemsjukvard && random.chance(0.65);
    if (nurse) halsoOchSjukvard.push(encounter(person, at, daysAgo, HEMSJUKVARD, 'halsoOchSjukvard'));
    else region.push(encounter(person, at, daysAgo, random.pick(OF_REGION), 'region'));
  }
  return { region, halsoOchSjukvard };
}

function encounter(
  { id, random, anchor, contacts, vardcentral, hemsjukvard }: Case,
  at: number,
  daysAgo: number,
  { place, type, minutes }: Kind,
  writer: 'region' | 'halsoOchSjukvard',
): Encounter {
  // Office hours in Stockholm, near enough: 7-14 UTC.
  const start = anchor - daysAgo * DAY + random.whole(7 * 12, 14 * 12) * 5 * MINUTE;
  const end = start + random.whole(...minutes) * MINUTE;
  const member = contacts.find((contact) => contact.writer === writer)?.role;
  return {
    resourceType: 'Encounter',
    id: `${id}-e${at}`,
    status: daysAgo < 0 ? 'planned' : 'finished',
    class: { system: CLASS, code: place },
    type,
    subject: { reference: `Patient/${id}` },
    ...(member && { participant: [{ individual: { reference: member } }] }),
    period: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
    reasonCode: [{ text: random.pick(REASONS) }],
    serviceProvider: {
      reference: `Organization/${writer === 'region' ? vardcentral : (hemsjukvard ?? vardcentral)}`,
    },
  };
}
