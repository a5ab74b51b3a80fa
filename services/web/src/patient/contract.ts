/**
 * Between the server part, which carries the patient client and holds the session, and the client itself, which is one
 * function from a request to an answer. Neither knows the inside of the other.
 */

/** The person who is logged in; a guardian has the child's id in `patient`. */
export interface PatientUser {
  readonly name: string;
  /** Id of the Patient whose plan is shown. */
  readonly patient: string;
  /** Whether the user is a guardian who acts for the patient. */
  readonly actsFor: boolean;
  /** Stands in each form, which is carried out for this person and, when it was not sent, given back to her alone. */
  readonly mark: string;
}

/** A number that is answered also when nothing can be shown about the patient. */
export interface EmergencyNumber {
  readonly name: string;
  readonly number: string;
  /** `Dygnet runt`. */
  readonly hours: string | null;
}

/** What the operator has said about access; null of what it has not. */
export interface Accessibility {
  /** Name of the organisation that answers for the clients. */
  readonly responsible: string | null;
  /** Where people tell of hindrances, `mailto:` or `https:`. */
  readonly contact: string | null;
}

export interface PatientRequest {
  readonly method: 'GET' | 'POST';
  /** What follows `/patient`, with its leading slash and without the query: `/`, `/ring`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a posted form; for GET those of `unsent`, at its address. */
  readonly form: URLSearchParams;
  /** A form of the person's that was not carried out, or that no answer tells of; null where there is none. */
  readonly unsent: UnsentAt | null;
  /** Address of the page that led here, below `/patient`, with its query; null where the browser does not tell. */
  readonly cameFrom: string | null;
  /** What the person did just before and is to be told of, once. */
  readonly receipt: Receipt | null;
  /** The cookies of `preferenceCookies` that came with the request. */
  readonly preferences: Readonly<Partial<Record<PreferenceCookie, string>>>;
  /** Null when nobody is logged in. */
  readonly user: PatientUser | null;
  /** Asks the API with the session's access token; `path` is relative to the FHIR base. Throws when nothing answers. */
  readonly api: (path: string, init?: ApiRequest) => Promise<Response>;
  readonly now: Date;
  /** Until who is logged in is logged out, when nothing more is done; null where nobody is. */
  readonly secondsLeft: number | null;
  readonly emergencyNumbers: readonly EmergencyNumber[];
  readonly accessibility: Accessibility;
  /** Addresses of the built files, in the order in which they are loaded. */
  readonly assets: { readonly styles: readonly string[]; readonly scripts: readonly string[] };
}

/** In the query of the way back from a form that was not sent: it is to be put away. */
export const puttingAway = 'kasta';

export interface UnsentAt {
  /** Address of the form, below `/patient`, with its query. */
  readonly at: string;
  /** Whether it may have been carried out all the same. */
  readonly maybeSent: boolean;
}

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a person has chosen about the pages. They hold no personal data and live for a year. */
export const preferenceCookies = ['nv-sprak', 'nv-storlek'] as const;
export type PreferenceCookie = (typeof preferenceCookies)[number];

export type PatientAnswer =
  | {
      readonly kind: 'html';
      readonly status: number;
      readonly html: string;
      /** Content-Security-Policy of a page that the API composed; that of the client when left out. */
      readonly policy?: string;
    }
  | {
      /** 303 to an address of this origin. */
      readonly kind: 'redirect';
      readonly to: string;
      readonly preferences?: Readonly<Partial<Record<PreferenceCookie, string>>>;
      /** What was done, which the next page tells. */
      readonly receipt?: Receipt;
    }
  | {
      readonly kind: 'file';
      readonly contentType: string;
      readonly fileName: string;
      readonly content: string;
    };

/** What a form did. */
export type Receipt = 'samtycke-ja' | 'samtycke-nej' | 'sparrad' | 'havd' | 'skickat';

/** Why there is no page, told by the server part. */
export type PatientProblem =
  | 'not-found'
  | 'forbidden-form'
  | 'login-failed'
  | 'other-client'
  | 'session-ended'
  /** The session had ended when a form came; what it said is kept. */
  | 'not-sent'
  /** The form was made for another person than the one who is logged in. */
  | 'other-person'
  /** No answer tells whether what the form asked for was done. */
  | 'maybe-sent'
  | 'unreachable'
  | 'failed';

/** What the built bundle exports. */
export interface PatientClient {
  handle(request: PatientRequest): Promise<PatientAnswer>;
  /**
   * The page about `problem`; it asks the API nothing.
   * @param lost whether a form came that could not be kept
   */
  problemPage(problem: PatientProblem, request: PatientRequest, lost?: boolean): PatientAnswer;
}
