import type { Extension, Reference } from '@medplum/fhirtypes';
import { extensions, type SipLage, sipExtensions } from '@naravard/care';
import { ref } from './codes.ts';

/** Who takes part, by reference and name, and whether they came, once there has been a meeting. */
export type Participant = readonly [reference: string, name: string, came?: boolean];

/** What the head of a SIP says of itself. */
interface Stated {
  lage: SipLage;
  /** Who saw the need. */
  initiative: Reference;
  participants: readonly Participant[];
  /** Id of the Organization that answers for the whole. */
  responsible?: string;
  /** On which day it is followed up, and by whom. */
  followUp?: readonly [date: string, by: Reference];
}

/** As extensions of the head. */
export const sipStated = ({ lage, initiative, participants, responsible, followUp }: Stated): Extension[] => [
  { url: extensions.sipLage, valueCode: lage },
  { url: sipExtensions.initiativ, valueReference: initiative },
  ...participants.map(([reference, name, came]) => ({
    url: sipExtensions.deltagare,
    extension: [
      { url: 'vem', valueReference: ref<Reference>(reference, name) },
      ...(came === undefined ? [] : [{ url: 'narvarande', valueBoolean: came }]),
    ],
  })),
  ...(responsible
    ? [{ url: extensions.huvudansvarig, valueReference: ref<Reference>(`Organization/${responsible}`) }]
    : []),
  ...(followUp
    ? [
        {
          url: sipExtensions.uppfoljning,
          extension: [
            { url: 'datum', valueDate: followUp[0] },
            { url: 'vem', valueReference: followUp[1] },
          ],
        },
      ]
    : []),
];
