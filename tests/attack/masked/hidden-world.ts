/** What the mask of protected identity takes out of what is about a person: attackers would like to tell two of them apart. */
export interface Hidden {
  /** Location that the person was at, and lives at. */
  readonly place: string;
  readonly from: string;
  readonly relative: string;
  readonly street: string;
  readonly city: string;
  readonly phone: string;
  readonly email: string | null;
  readonly born: string;
  readonly gender: 'female' | 'male';
  /** A relative's personnummer and a local number. */
  readonly number: string;
  readonly local: string;
  /** Where it does not matter that there is one more of them. */
  readonly municipality: string;
}

export const hiddenHere: Hidden = {
  place: 'plats-b',
  from: '2026-03-01T08:00:00Z',
  relative: 'Dolda',
  street: 'Gömda vägen 5',
  city: 'Undanby',
  phone: '0709000001',
  email: 'dolda@test.se',
  born: '1950-02-03',
  gender: 'female',
  number: '195002036662',
  local: 'lokal-b',
  municipality: 'kommun-b',
};

export const hiddenElsewhere: Hidden = {
  place: 'plats-c',
  from: '2026-09-09T20:00:00Z',
  relative: 'Skymda',
  street: 'Tysta gränd 7',
  city: 'Avsides',
  phone: '0709000002',
  email: null,
  born: '1961-07-08',
  gender: 'male',
  number: '196107082386',
  local: 'lokal-c',
  municipality: 'kommun-c',
};

/** Of somebody whom nobody hides: it sorts between the others, and is found beside them. */
export const open: Hidden = {
  place: 'plats-b',
  from: '2026-06-01T08:00:00Z',
  relative: 'Mellan',
  street: 'Stora vägen 1',
  city: 'Mittby',
  phone: '0709000009',
  email: 'mellan@test.se',
  born: '1955-05-05',
  gender: 'female',
  number: '195505052386',
  local: 'lokal-m',
  municipality: 'kommun-b',
};

type Resource = { readonly resourceType: string; readonly id: string; readonly [element: string]: unknown };

const personnummer = 'http://electronichealth.se/identifier/personnummer';
const label = [{ system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' }];
const generated = (text: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`,
});

/** Written by administrators. */
export const directory: readonly Resource[] = [
  ...['a', 'b', 'c'].map((letter) => ({
    resourceType: 'Location',
    id: `plats-${letter}`,
    status: 'active',
    name: `Boendet ${letter}`,
  })),
  ...['b', 'c'].map((letter) => ({
    resourceType: 'Organization',
    id: `kommun-${letter}`,
    name: `Kommun ${letter}`,
  })),
  { resourceType: 'Practitioner', id: 'lakare', name: [{ family: 'Läkarsson' }] },
];

/** A person with all that is written about one; `by`: the ids of it end in this. */
export function person(by: string, hidden: Hidden, isProtected: boolean): readonly Resource[] {
  const { place, from, relative, street, city, phone, email, born, gender, number, local, municipality } =
    hidden;
  const name = [{ family: relative, given: ['Karin'], text: `Karin ${relative}` }];
  const address = [{ line: [street], city, postalCode: '31199' }];
  const telecom = [
    { system: 'phone', value: phone },
    ...(email === null ? [] : [{ system: 'email', value: email }]),
  ];
  const subject = { reference: `Patient/p-${by}`, display: `Karin ${relative}` };
  const location = { reference: `Location/${place}`, display: `Boendet vid ${street}` };
  const relativeReference = {
    reference: `RelatedPerson/r-${by}`,
    identifier: { system: personnummer, value: number },
    display: `Karin ${relative}`,
  };
  const coded = (code: string) => ({ coding: [{ system: 'urn:test', code }] });
  const text = generated(`Hos ${relative} vid ${street}`);
  const of = (resourceType: string, elements: object): Resource => ({
    resourceType,
    id: `${resourceType.toLowerCase()}-${by}`,
    text,
    ...elements,
  });
  return [
    {
      resourceType: 'Patient',
      id: `p-${by}`,
      ...(isProtected && { meta: { security: label } }),
      text,
      identifier: [{ system: personnummer, value: by === 'x' ? '194103149805' : '193011306662' }],
      name,
      telecom,
      address,
      contact: [{ name: name[0], telecom }],
      generalPractitioner: [{ reference: `Organization/${municipality}` }],
    },
    {
      ...of('RelatedPerson', {
        active: true,
        patient: subject,
        name,
        telecom,
        address,
        gender,
        birthDate: born,
      }),
      id: `r-${by}`,
      identifier: [{ system: personnummer, value: number }],
    },
    of('Person', {
      name,
      telecom,
      address,
      managingOrganization: { reference: `Organization/${municipality}` },
      link: [{ target: subject }],
    }),
    of('Encounter', {
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
      subject,
      period: { start: '2026-02-01T08:00:00Z' },
      participant: [{ individual: relativeReference }, { individual: { reference: 'Practitioner/lakare' } }],
      location: [{ location, period: { start: from } }],
      hospitalization: { destination: { reference: `Organization/${municipality}` } },
    }),
    of('CareTeam', {
      contained: [{ resourceType: 'RelatedPerson', id: 'rel', patient: subject, name, telecom, address }],
      status: 'active',
      subject,
      participant: [
        { member: { reference: '#rel', display: `Karin ${relative}` } },
        { member: relativeReference },
        { member: { reference: 'Practitioner/lakare' } },
      ],
    }),
    of('Appointment', {
      status: 'booked',
      start: '2026-12-01T08:00:00Z',
      end: '2026-12-01T09:00:00Z',
      participant: [
        { actor: subject, status: 'accepted' },
        { actor: location, status: 'accepted' },
        { actor: { identifier: { system: personnummer, value: number } }, status: 'accepted' },
        { actor: { reference: `http://annan.test/${local}` }, status: 'accepted' },
        {
          actor: { type: 'RelatedPerson', identifier: { system: 'urn:lokal', value: local } },
          status: 'accepted',
        },
      ],
    }),
    of('Account', { status: 'active', name: `Konto ${relative}`, subject: [subject] }),
    of('Procedure', { status: 'completed', subject, location, performer: [{ actor: relativeReference }] }),
    of('Observation', {
      status: 'final',
      code: coded('vikt'),
      subject,
      focus: [location],
      performer: [relativeReference],
      component: [{ code: coded('a'), valueString: 'ja' }],
    }),
    of('Task', { status: 'requested', intent: 'order', for: subject, location, focus: location }),
    of('List', {
      status: 'current',
      mode: 'working',
      subject,
      entry: [{ item: location }, { item: { reference: `Encounter/encounter-${by}` } }],
    }),
    of('Consent', {
      status: 'active',
      scope: coded('s'),
      category: [coded('c')],
      patient: subject,
      policyRule: coded('p'),
      provision: { actor: [{ role: coded('r'), reference: relativeReference }] },
    }),
    of('FamilyMemberHistory', {
      status: 'completed',
      patient: subject,
      name: relative,
      relationship: coded('MTH'),
    }),
  ];
}

/** By an administrator: where they go, as nobody at R4 has thought of. */
export const customParameter = {
  resourceType: 'SearchParameter',
  url: 'http://hl7.org/fhir/SearchParameter/Encounter-destination',
  name: 'destination',
  status: 'active',
  description: 'Where they go',
  code: 'destination',
  base: ['Encounter'],
  type: 'reference',
  target: ['Organization', 'Location'],
  expression: 'Encounter.hospitalization.destination',
};
