import type { Encounter, Location } from '@medplum/fhirtypes';

/** Where a contact by video is held: the address of a place that the visit itself contains; null of one that is not https. */
export function videoLinkOf({ contained = [], location = [] }: Encounter): string | null {
  const places = location.flatMap(({ location: { reference } }) =>
    contained.filter(
      (each): each is Location => each.resourceType === 'Location' && reference === `#${each.id}`,
    ),
  );
  const links = places.flatMap(({ telecom = [] }) => telecom).filter(({ system }) => system === 'url');
  return links.flatMap(({ value = '' }) => (/^https:\/\//i.test(value) ? value : []))[0] ?? null;
}
