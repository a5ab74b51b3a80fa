const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/**
 * What a person, member of staff or unit with protected identity can still be found by (OSL 2009:400 22 kap 1 §): the
 * parameters that read nothing but what the mask leaves (libs/fhir/src/redact/masked-elements.ts; a test compares them).
 */
const findable: Readonly<Record<string, ReadonlySet<string>>> = {
  Patient: codes('identifier active gender birthdate death-date deceased language link'),
  Person: codes('identifier gender birthdate link patient practitioner relatedperson'),
  RelatedPerson: codes('active patient relationship'),
  Practitioner: codes('active communication identifier'),
  PractitionerRole: codes('active date practitioner organization role specialty service identifier'),
  Organization: codes('active type identifier'),
  HealthcareService: codes('active service-category service-type specialty'),
  Location: codes('status'),
};

/** Parameters of every resource: none of them reads who somebody is. */
const ofAll = codes('_id _lastUpdated _profile _security _source _tag');

/** Whether resources of the type say who somebody is, or where. */
export const saysWho = (type: string): boolean => Object.hasOwn(findable, type);

/** Whether the rows of the parameter tell nothing that the mask takes out of resources of the type. */
export const isFindable = (type: string, code: string): boolean =>
  !saysWho(type) || findable[type]?.has(code) === true || ofAll.has(code);
