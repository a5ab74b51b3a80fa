import type { CarePlan } from '../../api/fhir.ts';
import { api } from '../data/api.ts';

type Status = NonNullable<NonNullable<CarePlan['activity']>[number]['detail']>['status'];

/** What can be changed of an activity in the own part of a SIP. */
export interface Line {
  /** Its place in the plan. */
  readonly index: number;
  readonly description: string;
  readonly status: Status;
}

/** Statuses of an activity that a nurse chooses between. */
export const statusWords: Readonly<Partial<Record<Status, string>>> = {
  'not-started': 'Inte påbörjad',
  scheduled: 'Planerad',
  'in-progress': 'Pågår',
  'on-hold': 'Pausad',
  completed: 'Klar',
  stopped: 'Avslutad i förtid',
};

export const readPart = (reference: string, signal?: AbortSignal): Promise<CarePlan> =>
  api.get<CarePlan>(reference, { ...(signal && { signal }) });

export const linesOf = ({ activity = [] }: CarePlan): Line[] =>
  activity.flatMap(({ detail }, index) =>
    detail ? [{ index, description: detail.description ?? '', status: detail.status }] : [],
  );

const isSameLine = (one: Line, other: Line): boolean =>
  one.description.trim() === other.description.trim() && one.status === other.status;

/** The lines that were changed since they were read. */
export const changedLines = (part: CarePlan, lines: readonly Line[]): Line[] => {
  const before = new Map(linesOf(part).map((each) => [each.index, each]));
  return lines.filter((line) => {
    const read = before.get(line.index);
    return !read || !isSameLine(read, line);
  });
};

/** Whether the lines still stand for the same activities: nothing was added, taken out or moved in between. */
export const hasSameActivities = (read: CarePlan, current: CarePlan): boolean => {
  const [before, after] = [linesOf(read), linesOf(current)];
  return (
    (read.activity ?? []).length === (current.activity ?? []).length &&
    before.length === after.length &&
    before.every(({ index, description }, place) => {
      const now = after[place];
      const isMoved = after.some((each) => each.index !== index && each.description === description);
      return now?.index === index && (now.description === description || !isMoved);
    })
  );
};

/** Writes the lines into the part as it was read. @throws ApiProblem 412 when it has changed since */
export function savePart(part: CarePlan, lines: readonly Line[]): Promise<CarePlan> {
  const changed = new Map(lines.map((each) => [each.index, each]));
  const activity = (part.activity ?? []).map((each, index) => {
    const line = changed.get(index);
    if (!line || !each.detail) return each;
    const { description, status } = line;
    return { ...each, detail: { ...each.detail, description: description.trim(), status } };
  });
  return api.send<CarePlan>(
    'PUT',
    `CarePlan/${part.id}`,
    { ...part, activity },
    { 'if-match': `W/"${part.meta?.versionId}"` },
  );
}
