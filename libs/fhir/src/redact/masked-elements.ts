/**
 * What the mask of protected identity leaves of the resources that say who somebody is and where: OSL (2009:400) 22 kap
 * 1 §, HL7 Sweden base profiles. What is not listed is left out, so that an element or extension that nobody thought of is.
 *
 * `keep`: shown, without extensions. `name`, `address`, `string`: shown as protected. `hsa-id`: the identifiers that are
 * HSA-ids, since a personnummer or a number of legitimation leads to the name.
 */
export type Treatment = 'keep' | 'name' | 'address' | 'string' | 'hsa-id';
export type Mask = Readonly<Record<string, Treatment>>;

const keep = (elements: string): Mask =>
  Object.fromEntries(elements.split(' ').map((element) => [element, 'keep']));

/**
 * Of persons, and of places, wherever they are met. A person keeps what it is known by in care; general practitioner and
 * managing organisation tell the municipality, a relative's identifier leads to the address.
 */
export const personMasks: Readonly<Record<string, Mask>> = {
  Patient: {
    ...keep('identifier active gender birthDate deceased maritalStatus multipleBirth communication link'),
    name: 'name',
    address: 'address',
  },
  Person: { ...keep('identifier active gender birthDate link'), name: 'name', address: 'address' },
  RelatedPerson: { ...keep('active patient relationship period communication'), name: 'name' },
  Location: { ...keep('status mode'), name: 'string' },
};

/** Of staff and units that are protected themselves: the unit is shown instead of the person. */
export const staffMasks: Readonly<Record<string, Mask>> = {
  Practitioner: { ...keep('active qualification communication'), identifier: 'hsa-id', name: 'name' },
  PractitionerRole: {
    ...keep('active period practitioner organization code specialty healthcareService'),
    identifier: 'hsa-id',
  },
  Organization: { ...keep('active type'), identifier: 'hsa-id', name: 'string' },
  HealthcareService: { ...keep('active category type specialty'), name: 'string' },
};

/** Members that every resource has: they are looked into, and not left out. */
export const framework: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'implicitRules',
  'language',
  'text',
  'contained',
  'modifierExtension',
]);

/**
 * Elements, by type and name, whose types do not tell that they name a person or a place. `leave-out`: where the person
 * was; `place`: a reference that is to where the person lives or stays, whatever it refers to; `string`: a name.
 */
export const namedElements: Readonly<Record<string, 'leave-out' | 'place' | 'string'>> = {
  'Encounter.location': 'leave-out',
  'Encounter.hospitalization.origin': 'place',
  'Encounter.hospitalization.destination': 'place',
  // Where a meeting is held, which may be at home.
  'Appointment.comment': 'leave-out',
  'FamilyMemberHistory.name': 'string',
  'Annotation.author': 'string',
  'Group.name': 'string',
  'Account.name': 'string',
  'AuditEvent.agent.name': 'string',
  'AuditEvent.entity.name': 'string',
};

/** Within resources of persons and protected staff. */
export const leftOutOfPersons: ReadonlySet<string> = new Set([
  'Identifier.assigner',
  'Practitioner.qualification.identifier',
  'Practitioner.qualification.issuer',
]);

/** Numbers and addresses that are a unit's, not the person's. */
export const contactsOfUnits: ReadonlySet<string> = new Set(['CareTeam.telecom']);

/** Contained resources of these types say how to reach those who give the care. */
export const typesOfUnits: ReadonlySet<string> = new Set([
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'HealthcareService',
  'Endpoint',
  'OrganizationAffiliation',
]);
