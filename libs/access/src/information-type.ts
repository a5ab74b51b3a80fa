/** The FHIR types of each information type that a spärr can spare: the codes of Inera's blocking service 4.0. */
export const informationTypes: Readonly<Record<string, readonly string[]>> = {
  /** Läkemedel. */
  lak: ['MedicationRequest', 'MedicationStatement', 'MedicationAdministration', 'MedicationDispense'],
  /** Uppmärksamhetsinformation. */
  upp: ['AllergyIntolerance', 'Flag'],
};

/** The code of a FHIR type; null for the types that no spärr can spare. */
export const informationTypeOf = (type: string): string | null => codes.get(type) ?? null;

const codes = new Map(
  Object.entries(informationTypes).flatMap(([code, types]) => types.map((type) => [type, code])),
);
