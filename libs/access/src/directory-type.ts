/**
 * Types that tell where to turn, how work is done and what words mean: none has an element or a search parameter by which
 * a resource could be about a patient (tests/law/directory-types.test.ts asks the definitions).
 */
export const directoryTypes: readonly string[] = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'HealthcareService',
  'Location',
  'Endpoint',
  'OrganizationAffiliation',
  'ActivityDefinition',
  'CapabilityStatement',
  'ChargeItemDefinition',
  'CodeSystem',
  'CompartmentDefinition',
  'ConceptMap',
  'EventDefinition',
  'GraphDefinition',
  'ImplementationGuide',
  'Library',
  'Measure',
  'Medication',
  'MedicationKnowledge',
  'MessageDefinition',
  'NamingSystem',
  'ObservationDefinition',
  'OperationDefinition',
  'PlanDefinition',
  'Questionnaire',
  'SearchParameter',
  'SpecimenDefinition',
  'StructureDefinition',
  'Substance',
  'TerminologyCapabilities',
  'ValueSet',
];

/** Types that a reference never hides: what is seen about a person names the person, and all see the directory. */
export const neverHidden: ReadonlySet<string> = new Set(['Patient', ...directoryTypes]);

/** Whether resources of the type are open to every caller. */
export const isDirectory = (type: string): boolean => directoryTypes.includes(type);
