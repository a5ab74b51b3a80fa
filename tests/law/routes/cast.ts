import type { Caller, Commission, EndUser, LegalActor, StaffCaller } from '@naravard/access';
import { personas, type TestIssuer } from '@naravard/testkit';
import {
  assessor,
  centre,
  homeHelp,
  homeNurse,
  kommun,
  kommunOmsorg,
  region,
  ward,
  withCommission,
} from '../decisions/build.ts';
import { colleagues } from '../decisions/generated.ts';

/** Who writes: a system client of an organisation, by a unit of it or by none, or for an authorised officer. */
export interface Hand {
  readonly organisation: LegalActor;
  readonly unit: string | null;
  readonly officer?: string;
}

const handOf = ({ commission: { organisation, unit } }: StaffCaller): Hand => ({ organisation, unit });

/** Region: vårdcentral and ward. Kommun: home nursing (HSL), home help and assessors (SoL). */
export const unitHands: readonly Hand[] = [centre, ward, homeNurse, homeHelp, assessor].map(handOf);
export const wholeHands: readonly Hand[] = [region, kommun, kommunOmsorg].map((organisation) => ({
  organisation,
  unit: null,
}));

export const handId = ({ organisation, unit, officer }: Hand): string =>
  [organisation.as, organisation.hsaId, unit ?? '', officer ?? ''].join(' ');

type Claims = Readonly<Record<string, unknown>>;

const organisationClaims = ({ hsaId, as }: LegalActor, unit: string | null): Claims =>
  as === 'vardgivare'
    ? { healthCareProviderHsaId: hsaId, ...(unit && { healthCareUnitHsaId: unit }) }
    : { socialCareProviderHsaId: hsaId, ...(unit && { socialCareUnitHsaId: unit }) };

const staffClaims = ({ employee, commissionHsaId, purpose, organisation, unit }: Commission): Claims => ({
  employeeHsaId: employee,
  commissionHsaId,
  commissionPurpose: purpose,
  title: 'Sjuksköterska',
  ...organisationClaims(organisation, unit),
  // Who has no purpose of care gets a token for reviewing the log alone.
  ...(purpose === centre.commission.purpose ? {} : { commissionRight: ['log-review'] }),
});

/** The claims by which a caller is that caller. */
function claimsOf(caller: Caller): Claims {
  switch (caller.kind) {
    case 'staff':
      return { kind: 'staff', sub: caller.commission.employee, ...staffClaims(caller.commission) };
    case 'patient':
      return { kind: 'patient', sub: caller.patient, patient: caller.patient };
    case 'guardian':
      return { kind: 'guardian', sub: caller.person, act_for: caller.of };
    case 'system':
      return {
        kind: 'system',
        sub: caller.client,
        client_id: caller.client,
        ...organisationClaims(caller.organisation, null),
        ...(caller.onBehalfOf && { on_behalf_of: claimsOf(caller.onBehalfOf) }),
      };
    case 'administrator':
      return { kind: 'administrator', sub: caller.id, ...organisationClaims(region, null) };
    default:
      return caller satisfies never;
  }
}

const contexts: Readonly<Record<Caller['kind'], string>> = {
  staff: 'user',
  patient: 'patient',
  guardian: 'patient',
  system: 'system',
  administrator: 'user',
};

/** `may`: letters of a SMART scope for every type. */
export const tokenOf = (issuer: TestIssuer, caller: Caller, may: 'rs' | 'cruds'): Promise<string> =>
  tokenWith(issuer, { ...claimsOf(caller), scope: `${contexts[caller.kind]}/*.${may}` });

export const handToken = (issuer: TestIssuer, { organisation, unit, officer }: Hand): Promise<string> =>
  tokenWith(issuer, {
    kind: 'system',
    sub: 'writer',
    client_id: 'writer',
    ...organisationClaims(organisation, unit),
    may_choose_ids: true,
    scope: 'system/*.cruds',
    ...(officer !== undefined && {
      on_behalf_of: {
        employeeHsaId: officer,
        commissionHsaId: `${officer}-U1`,
        commissionPurpose: centre.commission.purpose,
        commissionRight: ['block-officer'],
        ...organisationClaims(organisation, unit),
      },
    }),
  });

/** A token of these claims and no others. */
export const tokenWith = (issuer: TestIssuer, claims: Claims): Promise<string> =>
  issuer.token('administrator', {
    ...Object.fromEntries(Object.keys(personas.administrator).map((name) => [name, undefined])),
    ...claims,
  });

/** Who may ask about a patient: staff; the persons; staff with systems, others and administrators. */
export function callersAbout(patient: string, other: string): readonly (readonly Caller[])[] {
  const self: EndUser = { kind: 'patient', patient };
  const karin: EndUser = { kind: 'guardian', person: 'karin', of: patient };
  const persons: EndUser[] = [
    self,
    self,
    karin,
    karin,
    karin,
    { kind: 'guardian', person: 'olle', of: patient },
  ];
  const system = (organisation: LegalActor, onBehalfOf: EndUser | null): Caller => ({
    kind: 'system',
    client: 'journal',
    organisation,
    onBehalfOf,
  });
  const others: Caller[] = [
    withCommission(centre, { purpose: 'Administration' }),
    { kind: 'patient', patient: other },
    system(region, null),
    system(kommun, null),
    system(kommunOmsorg, null),
    system(region, centre),
    system(kommun, homeNurse),
    system(region, self),
    { kind: 'administrator', id: 'admin' },
  ];
  return [colleagues, persons, [...colleagues, ...colleagues, ...others]];
}
