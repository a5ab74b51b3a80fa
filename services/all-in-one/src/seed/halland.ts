import { hsa } from '../sandbox/hsa.ts';

/** A municipality of Halland, and how many units it has: by and large in proportion to its population. */
export interface Municipality {
  key: string;
  name: string;
  town: string;
  postalArea: string;
  /** Share of the patients, of 100. */
  share: number;
  vardcentraler: number;
  teams: number;
}

export const municipalities: readonly Municipality[] = [
  {
    key: 'halmstad',
    name: 'Halmstads kommun',
    town: 'Halmstad',
    postalArea: '302',
    share: 31,
    vardcentraler: 8,
    teams: 6,
  },
  {
    key: 'kungsbacka',
    name: 'Kungsbacka kommun',
    town: 'Kungsbacka',
    postalArea: '434',
    share: 25,
    vardcentraler: 6,
    teams: 4,
  },
  {
    key: 'varberg',
    name: 'Varbergs kommun',
    town: 'Varberg',
    postalArea: '432',
    share: 20,
    vardcentraler: 5,
    teams: 4,
  },
  {
    key: 'falkenberg',
    name: 'Falkenbergs kommun',
    town: 'Falkenberg',
    postalArea: '311',
    share: 13,
    vardcentraler: 4,
    teams: 3,
  },
  {
    key: 'laholm',
    name: 'Laholms kommun',
    town: 'Laholm',
    postalArea: '312',
    share: 8,
    vardcentraler: 2,
    teams: 2,
  },
  {
    key: 'hylte',
    name: 'Hylte kommun',
    town: 'Hyltebruk',
    postalArea: '314',
    share: 3,
    vardcentraler: 1,
    teams: 1,
  },
];

const byShare = municipalities.flatMap((each) => Array.from({ length: each.share }, () => each));

/** Patients come in groups of this size from one municipality and the same units, so that a transaction has one writer. */
export const GROUP = 10;

/** The municipality of patient `n`: 37 spreads the groups evenly over the shares. */
export function municipalityOf(n: number): Municipality {
  return byShare[(Math.floor(n / GROUP) * 37) % byShare.length] as Municipality;
}

/** Ids of the units and staff of a municipality, made by rule so that nothing has to be looked up. */
export const unitIds = {
  vardcentral: (town: Municipality, number: number): string => `${town.key}-vc${number}`,
  hemsjukvard: (town: Municipality, number: number): string => `${town.key}-hsv${number}`,
  hemtjanst: (town: Municipality, number: number): string => `${town.key}-htj${number}`,
  staff: (unit: string, role: StaffRole, number: number): string => `${unit}-${role}${number}`,
};

export type StaffRole = 'lakare' | 'dsk' | 'ssk' | 'usk';

/** How many of each work in a unit. */
export const staffing = {
  vardcentral: { lakare: 6, dsk: 3 },
  hemsjukvard: { ssk: 6 },
  hemtjanst: { usk: 8 },
} as const;

export const REGION = 'region-halland';
/** The municipality's two legal actors: health care (vårdgivare) and social services (omsorgsgivare). */
export const healthActor = (town: Municipality): string => `${town.key}-halso-och-sjukvard`;
export const careActor = (town: Municipality): string => `${town.key}-socialtjanst`;

/** Legal actors that the demo story has as well, under the same ids. */
const ofStory: ReadonlyMap<string, string> = new Map([
  [REGION, hsa.region],
  ['falkenberg-halso-och-sjukvard', hsa.kommunHalsoOchSjukvard],
  ['falkenberg-socialtjanst', hsa.kommunOmsorg],
]);

/** HSA-id of a unit, person or actor of the seed: fictive, at most 31 characters. */
export function hsaOf(id: string): string {
  const known = ofStory.get(id);
  if (known !== undefined) return known;
  return `TSTNMT2321000115-${hashOf(id).toString(36).toUpperCase().padStart(7, '0')}`;
}

/** Telephone number of a unit, of the hundred in Gothenburg that PTS keeps for fiction. */
export const numberOf = (unit: string): string => `031-390 06 ${String(hashOf(unit) % 100).padStart(2, '0')}`;

function hashOf(id: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16_777_619);
  return hash >>> 0;
}
