import type { LegalActor, Period } from '@naravard/access';
import type { Hand } from './cast.ts';
import type { Doc, Told, Version } from './told.ts';

/** What becomes of a resource that states something: it stands, is taken back by a change, or is deleted. */
export type Fate = 'stands' | 'taken back' | 'deleted';

export const saidAt = '2026-10-15T08:00:00.000Z';

export const isReadable = ({ start, end }: Period): boolean =>
  [start, end].every((limit) => limit === null || !Number.isNaN(Date.parse(limit)));

/** A FHIR Period includes its end. */
export const limits = ({ start, end }: Period) => ({
  ...(start !== null && { start }),
  ...(end !== null && { end: new Date(Date.parse(end) - 1).toISOString() }),
});

/** The same of what holds for a limited time; undefined when it has not both limits, or lasts longer than so many days. */
export function limitedTo(days: number, period: Period): { start: string; end: string } | undefined {
  const { start, end } = limits(period);
  if (start === undefined || end === undefined) return undefined;
  return Date.parse(end) - Date.parse(start) <= days * 86_400_000 ? { start, end } : undefined;
}

export const whole = (organisation: LegalActor): Hand => ({ organisation, unit: null });

export interface Statement {
  readonly type: string;
  readonly by: Hand;
  readonly employee?: string;
  readonly time?: string | null;
  readonly labels?: readonly string[];
  readonly tells: Told;
  make(id: string): object;
}

/** The versions of a resource that states something, by what has become of it. */
export function docOf(patient: string, statement: Statement, index: number, fate: Fate): Doc {
  const { type, by, employee, time = null, labels = [], tells } = statement;
  const id = `${patient}-${type.toLowerCase()}-${index}`;
  const resource = statement.make(id) as Record<string, unknown>;
  const first: Version = { resource, labels };
  const stands = fate === 'stands' || employee !== undefined;
  return {
    type,
    id,
    by,
    ...(employee !== undefined && { employee }),
    patient,
    time,
    versions: stands
      ? [first]
      : [first, fate === 'deleted' ? { resource: null, labels } : { resource: takenBack(resource), labels }],
    ...(stands && { tells }),
  };
}

function takenBack(resource: Record<string, unknown>): Record<string, unknown> {
  switch (resource.resourceType) {
    case 'EpisodeOfCare':
      return { ...resource, status: 'finished' };
    case 'RelatedPerson':
      return { ...resource, active: false };
    default:
      return { ...resource, status: 'inactive' };
  }
}
