import type { Accessibility, EmergencyNumber } from '../patient/contract.ts';

/** One request to the public API; `path` is what follows the FHIR base: `/Patient/x`, or nothing for the base itself. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Address of the browser that the request is for. */
  readonly address: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** A number of one of the clients, or of both. */
export interface ClientNumber extends EmergencyNumber {
  /** Whether it is for staff alone: the patient client never has it. */
  readonly staff?: boolean | undefined;
}

export interface WebOptions {
  /** Public FHIR base; the clients stand on its origin. */
  readonly base: string;
  /** Carries a request to the API. Throws when nothing answers. */
  readonly api: (call: ApiCall) => Promise<ApiAnswer>;
  /** Where people log in: an issuer with OpenID Connect discovery. */
  readonly issuer: string;
  /** `aud` of the tokens to ask for. */
  readonly audience: string;
  readonly nurseClientId: string;
  readonly patientClientId: string;
  /** Public clients have none. */
  readonly clientSecret?: string;
  readonly emergencyNumbers: readonly ClientNumber[];
  readonly accessibility: Accessibility;
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
}

export type ClientName = 'nurse' | 'patient';
