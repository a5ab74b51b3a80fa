import type { CareTeam } from '@medplum/fhirtypes';
import type { Municipality } from './halland.ts';
import type { Random } from './random.ts';

/** The legal actor that writes a resource. */
export type Writer = 'region' | 'halsoOchSjukvard' | 'omsorg';

/** A fast kontakt: its CareTeam, the PractitionerRole that it points at, and who writes it. */
export interface Contact {
  writer: Writer;
  /** `PractitionerRole/...` */
  role: string;
  team: CareTeam;
}

/** A patient and who cares for her: what every generator of resources reads. Units are Organization ids. */
export interface Case {
  id: string;
  town: Municipality;
  random: Random;
  /** Milliseconds since 1970: the last day that the data knows of. */
  anchor: number;
  vardcentral: string;
  hemsjukvard: string | undefined;
  hemtjanst: string | undefined;
  /** Lastingly cannot take a stand on sharing. */
  unable: boolean;
  /** Has a SIP. */
  sip: boolean;
  contacts: readonly Contact[];
}

export const DAY = 86_400_000;

/** yyyy-mm-dd so many days before the anchor; after it when negative. */
export const dayBefore = (anchor: number, days: number): string =>
  new Date(anchor - days * DAY).toISOString().slice(0, 10);
