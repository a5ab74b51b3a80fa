import type { Appointment, Encounter } from '@medplum/fhirtypes';
import { parseDateRange } from '@naravard/fhir';
import { type KnownResources, referenceOf } from './known-resources.ts';
import type { PlannedTime } from './samordnad-plan.ts';
import { videoLinkOf } from './video-link.ts';

/** v3-ActEncounterCode in plain Swedish, where a visit says no more. */
const places: Readonly<Record<string, string>> = {
  HH: 'Hembesök',
  VR: 'Kontakt på distans',
  AMB: 'Besök',
  IMP: 'Vård på sjukhus',
};

const booked: readonly string[] = ['booked', 'pending', 'arrived', 'checked-in'];

/** Booked appointments and planned visits that have not begun at an instant, the next first. */
export function plannedTimes(known: KnownResources, at: string): PlannedTime[] {
  const times = [
    ...known
      .of('Appointment')
      .filter(({ status }) => booked.includes(status))
      .flatMap((each) => appointment(each, known)),
    ...known
      .of('Encounter')
      .filter(({ status }) => status === 'planned')
      .flatMap((each) => visit(each, known)),
  ];
  return times
    .map((time) => ({ time, start: Date.parse(time.start) }))
    .filter(({ time }) => isToCome(time.start, at))
    .toSorted((a, b) => a.start - b.start)
    .map(({ time }) => time);
}

/** A day without a time of day is to come until it is over. */
function isToCome(start: string, at: string): boolean {
  const last = start.includes('T') ? start : parseDateRange(start)?.end;
  return Date.parse(last ?? '') >= Date.parse(at);
}

function appointment(of: Appointment, known: KnownResources): PlannedTime[] {
  if (of.start === undefined) return [];
  const title = of.description ?? of.appointmentType?.text ?? of.serviceType?.[0]?.text ?? 'Bokad tid';
  const actors = (of.participant ?? [])
    .map(({ actor }) => actor)
    .filter((actor) => !actor?.reference?.startsWith('Patient/'));
  return [
    {
      reference: referenceOf(of),
      title,
      start: of.start,
      end: of.end ?? null,
      who: actors.flatMap((actor) => known.nameOf(actor) ?? []),
      link: null,
    },
  ];
}

/** What a visit is, in plain Swedish. */
export function visitTitle({ type: [type] = [], class: place }: Encounter): string {
  return type?.text ?? type?.coding?.[0]?.display ?? places[place?.code ?? ''] ?? 'Besök';
}

function visit(of: Encounter, known: KnownResources): PlannedTime[] {
  const { start, end } = of.period ?? {};
  if (start === undefined) return [];
  const people = (of.participant ?? []).flatMap(({ individual }) => known.nameOf(individual) ?? []);
  const unit = known.nameOf(of.serviceProvider);
  return [
    {
      reference: referenceOf(of),
      title: visitTitle(of),
      start,
      end: end ?? null,
      who: [...people, ...(unit === null ? [] : [unit])],
      link: videoLinkOf(of),
    },
  ];
}
