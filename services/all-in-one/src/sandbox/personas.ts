import { hsa } from './hsa.ts';

/** The claims that tell who calls; names as in Inera's IdP, `kind`, `patient` and `may_choose_ids` are our own. */
export interface Claims {
  sub: string;
  kind: 'staff' | 'patient' | 'system' | 'administrator';
  name: string;
  employeeHsaId?: string;
  commissionHsaId?: string;
  commissionPurpose?: string;
  healthCareProviderHsaId?: string;
  healthCareUnitHsaId?: string;
  may_choose_ids?: boolean;
  /** Id of the caller's own Patient. */
  patient?: string;
}

export interface Persona {
  id: string;
  /** Who it is and what for, in Swedish. */
  about: string;
  claims: Claims;
}

const CARE = 'Vård och behandling';

function staff(
  id: string,
  about: string,
  name: string,
  employee: string,
  provider: string,
  unit: string,
): Persona {
  const claims: Claims = {
    sub: employee,
    kind: 'staff',
    name,
    employeeHsaId: employee,
    commissionHsaId: `${employee}U`,
    commissionPurpose: CARE,
    healthCareProviderHsaId: provider,
    healthCareUnitHsaId: unit,
  };
  return { id, about, claims };
}

/** Whoever the sandbox issues tokens for; the ids are part of its contract. */
export const personas: readonly Persona[] = [
  staff(
    'ssk-hemsjukvard',
    'Sjuksköterska i kommunens hemsjukvård, Astrids fasta vårdkontakt',
    'Maja Berg',
    hsa.majaBerg,
    hsa.kommunHalsoOchSjukvard,
    hsa.hemsjukvard,
  ),
  staff(
    'usk-hemtjanst',
    'Undersköterska i hemtjänsten, Astrids fasta omsorgskontakt',
    'Sven Dahl',
    hsa.svenDahl,
    hsa.kommunOmsorg,
    hsa.hemtjanst,
  ),
  staff(
    'lakare-vardcentral',
    'Läkare på vårdcentralen, Astrids fasta läkarkontakt',
    'Omar Lind',
    hsa.omarLind,
    hsa.region,
    hsa.vardcentral,
  ),
  staff(
    'lakare-slutenvard',
    'Läkare på medicinavdelningen, behandlande under vårdtillfället',
    'Lisa Ek',
    hsa.lisaEk,
    hsa.region,
    hsa.avdelning,
  ),
  {
    id: 'patient',
    about: 'Astrid Testberg själv',
    claims: { sub: 'astrid-testberg', kind: 'patient', name: 'Astrid Testberg', patient: 'astrid-testberg' },
  },
  {
    id: 'journalsystem',
    about: 'Regionens journalsystem; får välja id på det som skapas',
    claims: {
      sub: 'journalsystem',
      kind: 'system',
      name: 'Journalsystem',
      healthCareProviderHsaId: hsa.region,
      healthCareUnitHsaId: hsa.vardcentral,
      may_choose_ids: true,
    },
  },
  {
    id: 'administrator',
    about: 'Förvaltare av tjänsten',
    claims: {
      sub: 'administrator',
      kind: 'administrator',
      name: 'Förvaltare',
      healthCareProviderHsaId: hsa.region,
      may_choose_ids: true,
    },
  },
];
