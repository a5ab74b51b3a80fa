/** Who calls, as an issuer adapter read it from a verified token. */
export interface Actor {
  kind: 'staff' | 'patient' | 'system' | 'administrator';
  /** employeeHsaId, Patient id, client id: never a personnummer. */
  id: string;
  /** HSA-id of the vårdgivare or omsorgsgivare: custodian of what the actor writes. */
  organisation: string | null;
  /** HSA-id of the vårdenhet: author unit of what the actor writes. */
  unit: string | null;
  /** Purpose of the chosen commission, e.g. "Vård och behandling". */
  purpose: string | null;
  /** System clients and administrators may choose ids (PUT to a new id creates). */
  mayChooseIds: boolean;
}
