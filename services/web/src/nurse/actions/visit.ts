import type { Encounter } from '../../api/fhir.ts';
import type { SamordnadPlan } from '../../api/plan.ts';
import { identifierOf } from '../../offline/index.ts';
import type { SessionUser } from '../data/session.ts';
import { employeeOf, unitOf } from './who.ts';

const own = 'https://naravard.se/fhir';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Kinds of vårdkontakt (CodeSystem/vardkontakt) that somebody away from the unit makes, with the class that their profiles ask for. */
export const visitKinds = {
  hemsjukvardsbesok: { display: 'Hemsjukvårdsbesök', place: 'HH' },
  hembesok: { display: 'Hembesök', place: 'HH' },
  telefonkontakt: { display: 'Distanskontakt via telefon', place: 'VR' },
  videokontakt: { display: 'Distanskontakt via video', place: 'VR' },
} as const;

export type VisitKind = keyof typeof visitKinds;

/** Who is enrolled in hemsjukvård is visited by it; a hembesök is another thing (Socialstyrelsens termbank). */
export function usualKind({ recent, patientkontrakt }: SamordnadPlan): VisitKind {
  const { display } = visitKinds.hemsjukvardsbesok;
  const isEnrolled = [...recent, ...patientkontrakt.overenskommenTid].some(({ title }) => title === display);
  return isEnrolled ? 'hemsjukvardsbesok' : 'hembesok';
}

export interface Visited {
  readonly id: string;
  readonly patient: string;
  readonly user: SessionUser;
  readonly kind: VisitKind;
  /** Milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly note: string;
  /** Where a video contact was held; empty of others. */
  readonly link: string;
}

/** A visit that has been made, by the own unit. */
export function encounterOf({ id, patient, user, kind, start, end, note, link }: Visited): Encounter {
  const { display, place } = visitKinds[kind];
  const isLinked = link !== '';
  return {
    resourceType: 'Encounter',
    ...(isLinked && {
      contained: [
        {
          resourceType: 'Location',
          id: 'video',
          name: 'Videosamtal',
          telecom: [{ system: 'url', value: link }],
        } as NonNullable<Encounter['contained']>[number],
      ],
    }),
    identifier: identifierOf(id),
    status: 'finished',
    class: { system: actCode, code: place },
    type: [{ coding: [{ system: `${own}/CodeSystem/vardkontakt`, code: kind, display }], text: display }],
    subject: { reference: `Patient/${patient}` },
    participant: [{ individual: employeeOf(user) }],
    period: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
    ...(note !== '' && { reasonCode: [{ text: note }] }),
    ...(isLinked && { location: [{ location: { reference: '#video', display: 'Videosamtal' } }] }),
    serviceProvider: unitOf(user),
  };
}
