import { type KnownResources, referenceOf } from './known-resources.ts';
import { visitTitle } from './planned-times.ts';
import { videoLinkOf } from './video-link.ts';

/** A visit that has begun. */
export interface RecentVisit {
  readonly reference: string;
  readonly title: string;
  readonly start: string;
  readonly end: string | null;
  readonly unit: string | null;
  readonly status: string;
  readonly who: readonly string[];
  /** Why, as it was written. */
  readonly note: string | null;
  /** Where a contact by video was held. */
  readonly link: string | null;
}

/** Visits that begin later, or that never came about, are left out. */
const isBegun: ReadonlySet<string> = new Set(['arrived', 'triaged', 'in-progress', 'onleave', 'finished']);

/** The newest first. */
export function recentVisits(known: KnownResources, at: string): RecentVisit[] {
  const until = Date.parse(at);
  return known
    .of('Encounter')
    .flatMap((each) => {
      const { status, period, serviceProvider, participant = [], reasonCode: [reason] = [] } = each;
      if (!isBegun.has(status) || period?.start === undefined || Date.parse(period.start) > until) return [];
      return {
        reference: referenceOf(each),
        title: visitTitle(each),
        start: period.start,
        end: period.end ?? null,
        unit: known.nameOf(serviceProvider),
        status,
        who: participant.flatMap(({ individual }) => known.nameOf(individual) ?? []),
        note: reason?.text ?? reason?.coding?.[0]?.display ?? null,
        link: videoLinkOf(each),
      };
    })
    .toSorted((a, b) => Date.parse(b.start) - Date.parse(a.start));
}
