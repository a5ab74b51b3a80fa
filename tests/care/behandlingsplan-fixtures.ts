import { behandlingsplanRules, extensions, forsamring, systems } from '@naravard/care';
import type { Finding, Found } from '@naravard/fhir';

export const at = '2026-11-23T09:00:00.000Z';

interface Sign {
  niva?: string;
  tecken?: string;
  kontakt?: string;
  larm112?: boolean;
  forst?: string;
  ordination?: object;
}

export const extension = (url: string, value: object) => ({ url, ...value });

/** A deterioration step, complete unless said otherwise. */
export const step = (
  { niva = 'ring-idag', tecken = 'Vikten ökar.', ...more }: Sign = {},
  detail: object = {},
): object => ({
  extension: [
    {
      url: extensions.forsamring,
      extension: [
        ...(niva ? [{ url: forsamring.niva, valueCode: niva }] : []),
        ...(tecken ? [{ url: forsamring.tecken, valueString: tecken }] : []),
        ...(more.forst ? [{ url: forsamring.forst, valueString: more.forst }] : []),
        ...(more.kontakt ? [{ url: forsamring.kontakt, valueReference: { reference: more.kontakt } }] : []),
        ...(more.larm112 ? [{ url: forsamring.larm112, valueBoolean: true }] : []),
        ...(more.ordination ? [{ url: forsamring.ordination, ...more.ordination }] : []),
      ],
    },
  ],
  detail: {
    status: 'scheduled',
    description: 'Ring hemsjukvården.',
    performer: [{ reference: 'Patient/astrid' }],
    ...detail,
  },
});

export const category = [
  {
    coding: [
      { system: systems.ownPlanType, code: 'behandlingsplan' },
      { system: systems.planType, code: 'VP' },
    ],
  },
];

/** A head that lacks nothing, with one step. */
export const head = (over: object = {}, without: readonly string[] = []) => ({
  resourceType: 'CarePlan',
  id: 'plan',
  extension: [
    extension(extensions.granskas, { valueDate: '2027-02-01' }),
    extension(extensions.synligForPatient, { valueBoolean: true }),
    extension(extensions.ansvarigLakare, { valueReference: { reference: 'PractitionerRole/lakare' } }),
    extension(extensions.ansvarigSjukskoterska, { valueReference: { reference: 'PractitionerRole/ssk' } }),
    extension(extensions.kontaktvag, { valueReference: { reference: 'HealthcareService/dygnet' } }),
  ].filter(({ url }) => !without.includes(url)),
  status: 'active',
  intent: 'plan',
  category,
  title: 'Behandlingsplan',
  subject: { reference: 'Patient/astrid' },
  period: { start: '2026-11-20', end: '2027-05-19' },
  activity: [step()],
  ...over,
});

export const part = (over: object = {}) => ({
  resourceType: 'CarePlan',
  id: 'del',
  partOf: [{ reference: 'CarePlan/plan' }],
  status: 'active',
  intent: 'plan',
  category,
  subject: { reference: 'Patient/astrid' },
  ...over,
});

export const service = (over: object = {}) => ({
  resourceType: 'HealthcareService',
  id: 'dygnet',
  active: true,
  name: 'Jouren',
  telecom: [{ system: 'phone', value: '010-000 00 00' }],
  availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true }],
  ...over,
});

export const foundAmong =
  (...resources: object[]): Found =>
  (reference) =>
    resources.find((each) => {
      const { resourceType, id } = each as { resourceType: string; id: string };
      return `${resourceType}/${id}` === reference;
    });

/** What one rule finds about a CarePlan, `[severity, expression]`; the resources that it names are found among `resources`. */
export function broken(id: string, resource: object, ...resources: object[]): Finding[] {
  const rule = behandlingsplanRules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  const staged = {
    type: 'CarePlan',
    id: (resource as { id: string }).id,
    resource,
    writer: { as: null, organisation: null, unit: null, person: null },
    at,
  };
  const among = foundAmong(resource, ...resources);
  const named = new Set<string>();
  const found: Found = (reference) => (named.has(reference) ? among(reference) : undefined);
  for (let round = 0; round < 4; round++) {
    for (const each of rule.needs?.(staged, found) ?? []) named.add(each);
  }
  return [...rule.check(staged, found)];
}

export const places = (findings: readonly Finding[]): (string | undefined)[] =>
  findings.map(({ expression }) => expression);
