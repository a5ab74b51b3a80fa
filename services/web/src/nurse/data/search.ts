import { type Bundle, type Patient, resourcesOf } from '../../api/fhir.ts';
import { api } from './api.ts';
import { type ListedPerson, listedPerson, personElements } from './person.ts';

export type Found =
  | { readonly kind: 'people'; readonly people: readonly ListedPerson[] }
  /** The number is somebody's, but the caller has no right to see more than that. */
  | { readonly kind: 'no-right'; readonly id: string }
  | { readonly kind: 'nobody' };

const system = 'http://electronichealth.se/identifier/';
const numberSystems = ['personnummer', 'samordningsnummer', 'nationelltReservnummer'].map(
  (kind) => system + kind,
);

/** Six or eight digits, a sign or none, and four more; the letter of a reservnummer is in the place of a digit. */
const numberForm = /^(\d{2})?\d{6}[-+]?[\dA-Z]{4}$/i;

/** Personnummer, samordningsnummer and reservnummer as they are written by hand. */
export const personNumberIn = (typed: string): string | null => {
  const number = typed.replace(/\s/g, '');
  return numberForm.test(number) ? number : null;
};

/** Among those whom the caller may see; what is typed is sent in the body, since addresses are logged on the way. */
export async function findPeople(typed: string, signal: AbortSignal): Promise<Found> {
  const number = personNumberIn(typed);
  const asked = number
    ? [['identifier', numberSystems.map((each) => `${each}|${number}`).join(',')]]
    : typed
        .trim()
        .split(/\s+/)
        .map((word) => ['name', word]);
  const query = new URLSearchParams([...asked, ['_elements', personElements], ['_count', '20']]);
  const found = await api.search<Bundle>('Patient', query, signal);
  const people = resourcesOf<Patient>(found, 'Patient').map(listedPerson);
  if (people.length > 0) return { kind: 'people', people };
  return number ? matched(number) : { kind: 'nobody' };
}

/** `POST Patient/$match` tells the id of whoever has the number, so that consent or danger can be recorded about the person. */
async function matched(number: string): Promise<Found> {
  const answer = await api.send<Bundle>('POST', 'Patient/$match', {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'resource',
        resource: {
          resourceType: 'Patient',
          identifier: numberSystems.map((each) => ({ system: each, value: number })),
        },
      },
      { name: 'onlyCertainMatches', valueBoolean: true },
    ],
  });
  const id = resourcesOf<Patient>(answer, 'Patient')[0]?.id;
  return id === undefined ? { kind: 'nobody' } : { kind: 'no-right', id };
}
