import type { CarePlan, Patient } from '@medplum/fhirtypes';
import { contactPathsOf } from '../contact/contact-path.ts';
import { type ContactAnswer, type ContactWeek, contactWeek, weekOf } from '../contact/contact-week.ts';
import { spanOf } from '../contact/opening-hours.ts';
import { pathsAround } from '../contact/paths-around.ts';
import { type Attention, attentionOf } from './attention.ts';
import { type Asked, called, composePlan } from './compose.ts';
import { type DoneActivity, doneOf } from './done.ts';
import { forPatient } from './for-patient.ts';
import { type KnownResources, knownResources } from './known-resources.ts';
import { type Measurement, measurementsOf } from './measurements.ts';
import { type Note, notesOf } from './notes.ts';
import { type PersonAtHome, personAtHome } from './person.ts';
import { plansInForce } from './plans-in-force.ts';
import { type RecentVisit, recentVisits } from './recent-visits.ts';
import { type Relative, relativesOf } from './relatives.ts';
import type { SamordnadPlan } from './samordnad-plan.ts';

/**
 * `application/vnd.naravard.plan+json`: the plan, and what else is asked for where the person is met, in one answer that can be
 * kept and read without a connection. Names are added to it, never changed or taken away.
 */
export interface CompactPlan extends Omit<SamordnadPlan, 'patient'> {
  readonly patient: SamordnadPlan['patient'] & PersonAtHome;
  readonly relatives: readonly Relative[];
  readonly attention: readonly Attention[];
  /** Visits that began in the last 14 days, the newest first. */
  readonly recent: readonly RecentVisit[];
  /** What the person has written, the newest first. */
  readonly notes: readonly Note[];
  /** What was done of the plans in the last 7 days, the newest first. */
  readonly done: readonly DoneActivity[];
  /** Of the last 90 days. */
  readonly measurements: readonly Measurement[];
  /** Whom to call for 7 days from the start of the day of `at`, without gaps; empty unless the week was asked for. */
  readonly cover: ContactWeek['cover'];
  /** What `cover` points at. */
  readonly answers: readonly ContactAnswer[];
}

/** As `composePlan`, with what else was read round the person. */
export function compactPlan(asked: Asked & { readonly week: boolean }): CompactPlan {
  const { plan } = composePlan(asked);
  const { at, form, patient } = asked;
  const resources = form === 'patient' ? forPatient(asked.resources) : asked.resources;
  const known = knownResources(resources);
  return {
    ...plan,
    patient: { ...plan.patient, ...personAtHome(known.get(patient) as Patient | undefined, at) },
    relatives: relativesOf(known, at),
    attention: attentionOf(known, at),
    recent: recentVisits(known, at),
    notes: notesOf(known),
    done: doneOf(known),
    measurements: measurementsOf(known),
    ...(asked.week ? weekAround(resources, known, asked) : { cover: [], answers: [] }),
  };
}

/** As `contactNow` of the plan at every instant: paths and plans are those that hold then. */
function weekAround(resources: readonly object[], known: KnownResources, { at, form }: Asked): ContactWeek {
  const week = weekOf(at);
  const [from, to] = [week.start, week.end].map((instant) => new Date(instant).toISOString()) as [
    string,
    string,
  ];
  const limits = [
    ...contactPathsOf(resources, from, to).map(({ during }) => during),
    ...known.of('CarePlan').flatMap(({ period = {} }: CarePlan) => spanOf(period) ?? []),
  ].flatMap(({ start, end }) => [start, end]);
  return contactWeek(
    (instant) => {
      const steps = called(plansInForce(known, instant, form));
      return { paths: pathsAround(resources, steps, instant), reader: form, steps };
    },
    limits,
    week,
  );
}
