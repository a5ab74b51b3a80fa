/** HSA-ids, as the Swedish base profiles have them. */
export const hsaSystem = 'urn:oid:1.2.752.29.4.19';

/** The identifier of an organisation, a unit or an employee. */
export const hsaIdentifier = (value: string) => ({ system: hsaSystem, value });
