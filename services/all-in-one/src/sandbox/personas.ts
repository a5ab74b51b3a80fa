import { hsa } from './hsa.ts';

/**
 * The claims that tell who calls; names as in Inera's IdP. `kind`, `patient`, `act_for`, `may_choose_ids` and
 * `socialCare...` are our own.
 */
export interface Claims {
  sub: string;
  kind: 'staff' | 'patient' | 'guardian' | 'system' | 'administrator';
  name: string;
  employeeHsaId?: string;
  commissionHsaId?: string;
  commissionPurpose?: string;
  commissionRight?: readonly string[];
  healthCareProviderHsaId?: string;
  healthCareUnitHsaId?: string;
  /** Of an omsorgsgivare. */
  socialCareProviderHsaId?: string;
  socialCareUnitHsaId?: string;
  title?: string;
  client_id?: string;
  may_choose_ids?: boolean;
  /** Id of the caller's own Patient. */
  patient?: string;
  /** Id of the Patient whom the caller acts for. */
  act_for?: string;
  /** SMART scopes; what the kind of caller has when left out. */
  scope?: string;
}

export interface Persona {
  id: string;
  /** Who it is and what for, in Swedish. */
  about: string;
  claims: Claims & { scope: string };
}

/** The scopes of a caller: a person also gives and withdraws consent and writes messages, by operations. */
export const usualScope: Readonly<Record<Claims['kind'], string>> = {
  staff: 'user/*.cruds',
  patient: 'patient/*.rs patient/Consent.cu patient/Communication.c',
  guardian: 'patient/*.rs patient/Consent.cu patient/Communication.c',
  system: 'system/*.cruds',
  administrator: 'user/*.cruds',
};

const persona = (id: string, about: string, claims: Claims): Persona => ({
  id,
  about,
  claims: { ...claims, scope: usualScope[claims.kind] },
});

type Organisation = Pick<
  Claims,
  'healthCareProviderHsaId' | 'healthCareUnitHsaId' | 'socialCareProviderHsaId' | 'socialCareUnitHsaId'
>;

/** As a vårdgivare. */
const health = (provider: string, unit: string): Organisation => ({
  healthCareProviderHsaId: provider,
  healthCareUnitHsaId: unit,
});

/** As an omsorgsgivare. */
const social = (provider: string, unit: string): Organisation => ({
  socialCareProviderHsaId: provider,
  socialCareUnitHsaId: unit,
});

interface Employment {
  hsaId: string;
  name: string;
  title: string;
  at: Organisation;
  more?: Partial<Claims>;
}

const staff = (id: string, about: string, { hsaId, name, title, at, more }: Employment): Persona =>
  persona(id, about, {
    sub: hsaId,
    kind: 'staff',
    name,
    employeeHsaId: hsaId,
    commissionHsaId: `${hsaId}U`,
    commissionPurpose: 'Vård och behandling',
    ...at,
    title,
    ...more,
  });

const system = (id: string, about: string, name: string, at: Organisation): Persona =>
  persona(id, about, { sub: id, client_id: id, kind: 'system', name, ...at, may_choose_ids: true });

const municipal: readonly Persona[] = [
  staff('ssk-hemsjukvard', 'Sjuksköterska i kommunens hemsjukvård, Astrids fasta vårdkontakt', {
    hsaId: hsa.majaBerg,
    name: 'Maja Berg',
    title: 'Sjuksköterska',
    at: health(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvard),
  }),
  staff(
    'nattsjukskoterska',
    'Sjuksköterska i kommunen på natten, med en annan enhet; har inte träffat Astrid',
    {
      hsaId: hsa.amirNordin,
      name: 'Amir Nordin',
      title: 'Sjuksköterska',
      at: health(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvardNatt),
    },
  ),
  staff('usk-hemtjanst', 'Undersköterska i hemtjänsten, Astrids fasta omsorgskontakt', {
    hsaId: hsa.svenDahl,
    name: 'Sven Dahl',
    title: 'Undersköterska',
    at: social(hsa.kommunOmsorg, hsa.hemtjanst),
  }),
  staff('usk-delegering', 'Samma undersköterska i sitt andra uppdrag: hälso- och sjukvård på delegering', {
    hsaId: hsa.svenDahl,
    name: 'Sven Dahl',
    title: 'Undersköterska på delegering',
    at: health(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvard),
    more: { commissionHsaId: `${hsa.svenDahl}D` },
  }),
  staff('nattpatrull', 'Undersköterska i hemtjänstens nattpatrull', {
    hsaId: hsa.elsaBjork,
    name: 'Elsa Björk',
    title: 'Undersköterska',
    at: social(hsa.kommunOmsorg, hsa.nattpatrull),
  }),
];

const regional: readonly Persona[] = [
  staff('lakare-vardcentral', 'Läkare på vårdcentralen, Astrids fasta läkarkontakt', {
    hsaId: hsa.omarLind,
    name: 'Omar Lind',
    title: 'Läkare',
    at: health(hsa.region, hsa.vardcentral),
  }),
  staff('lakare-slutenvard', 'Läkare på medicinavdelningen, behandlande under vårdtillfället', {
    hsaId: hsa.lisaEk,
    name: 'Lisa Ek',
    title: 'Läkare',
    at: health(hsa.region, hsa.avdelning),
  }),
  staff('psykiatri', 'Psykiater på regionens psykiatriska mottagning', {
    hsaId: hsa.karimHaddad,
    name: 'Karim Haddad',
    title: 'Läkare',
    at: health(hsa.region, hsa.psykiatri),
  }),
  staff('ambulans', 'Sjuksköterska i ambulansen; möter den som ingen annan väntar på', {
    hsaId: hsa.johanWik,
    name: 'Johan Wik',
    title: 'Ambulanssjuksköterska',
    at: health(hsa.region, hsa.ambulans),
  }),
  staff('lakare-privat', 'Läkare på en privat vårdcentral, som är en egen vårdgivare', {
    hsaId: hsa.petraSund,
    name: 'Petra Sund',
    title: 'Läkare',
    at: health(hsa.privatVardgivare, hsa.privatVardcentral),
  }),
  staff('logg-granskare', 'Granskar loggen i regionen; har inget vårduppdrag', {
    hsaId: hsa.birgittaAlm,
    name: 'Birgitta Alm',
    title: 'Logggranskare',
    at: health(hsa.region, hsa.informationssakerhet),
    more: { commissionPurpose: 'Administration', commissionRight: ['log-review'] },
  }),
  staff('sparr-handlaggare', 'Registrerar och häver spärrar i regionen', {
    hsaId: hsa.tomasFrid,
    name: 'Tomas Frid',
    title: 'Spärrhandläggare',
    at: health(hsa.region, hsa.informationssakerhet),
    more: { commissionRight: ['block-officer'] },
  }),
];

const persons: readonly Persona[] = [
  persona('patient', 'Astrid Testberg själv', {
    sub: 'astrid-testberg',
    kind: 'patient',
    name: 'Astrid Testberg',
    patient: 'astrid-testberg',
  }),
  persona('barn', 'Alva Testberg, 14 år', {
    sub: 'alva-testberg',
    kind: 'patient',
    name: 'Alva Testberg',
    patient: 'alva-testberg',
  }),
  persona('vardnadshavare', 'Alvas mamma', {
    sub: 'hanna-testberg',
    kind: 'guardian',
    name: 'Hanna Testberg',
    act_for: 'alva-testberg',
  }),
  persona('vardnadshavare-barn', 'Samma mamma för Alvas syster Moa, 8 år', {
    sub: 'hanna-testberg',
    kind: 'guardian',
    name: 'Hanna Testberg',
    act_for: 'moa-testberg',
  }),
];

const systems: readonly Persona[] = [
  system(
    'journalsystem',
    'Regionens journalsystem; får välja id på det som skapas',
    'Regionens journalsystem',
    health(hsa.region, hsa.vardcentral),
  ),
  system(
    'journalsystem-kommun',
    'Journalsystemet i kommunens hälso- och sjukvård',
    'Kommunens journalsystem',
    health(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvard),
  ),
  system(
    'journalsystem-hemtjanst',
    'Verksamhetssystemet i kommunens omsorg',
    'Omsorgens verksamhetssystem',
    social(hsa.kommunOmsorg, hsa.hemtjanst),
  ),
  persona('administrator', 'Förvaltare av tjänsten', {
    sub: 'administrator',
    kind: 'administrator',
    name: 'Förvaltare',
    healthCareProviderHsaId: hsa.region,
    may_choose_ids: true,
  }),
];

/** Whoever the sandbox issues tokens for; the ids are part of its contract. */
export const personas: readonly Persona[] = [...municipal, ...regional, ...persons, ...systems];
