import type { ComponentChildren } from 'preact';
import type { PatientAnswer, PatientRequest, PatientUser, Receipt } from './contract.ts';
import type { LanguageCode, PatientTexts } from './text/languages.ts';

/** What every page is made from. */
export interface View {
  readonly request: PatientRequest;
  readonly language: LanguageCode;
  readonly texts: PatientTexts;
}

/** The view of one who is logged in. */
export interface PersonsView extends View {
  readonly user: PatientUser;
}

export const textSizes = ['vanlig', 'stor', 'storst'] as const;

/** A page of the menu. */
export type PageKey = Exclude<keyof PatientTexts['titles'], 'error'>;

/** What stands in the frame that all pages share. */
export interface Content {
  /** The page of the menu that this is, or belongs to; null of none. */
  readonly page: PageKey | null;
  readonly title: string;
  /** Whose page it is, as paper tells; left out: the user's own. */
  readonly person?: string | null;
  readonly body: ComponentChildren;
  readonly status?: number;
  /** The form was not taken: the title says so. */
  readonly faulty?: boolean;
  /** Marks for print: a sheet of its own, without the frame. */
  readonly sheet?: boolean;
  /** When what is shown changes by itself, ISO. */
  readonly until?: string | null;
}

export type Outcome = Content | PatientAnswer;

/** What an address answers; a form is posted to the address that showed it. */
export interface Route<Of extends View> {
  readonly get: (view: Of) => Outcome | Promise<Outcome>;
  readonly post?: (view: Of) => Promise<Outcome>;
}

export const isAnswer = (outcome: Outcome): outcome is PatientAnswer => 'kind' in outcome;

/** @param receipt what was done, which the page that it leads to tells */
export const redirect = (to: string, receipt?: Receipt): PatientAnswer => ({
  kind: 'redirect',
  to,
  ...(receipt && { receipt }),
});

/** Where one logs in and comes back to the same page. */
export const logInFrom = ({ path, query }: PatientRequest): string =>
  href('/login', { to: href(path, Object.fromEntries(query)) });

/** Addresses of the client; `path` begins with a slash. */
export const href = (path: string, query: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(query).toString();
  return `/patient${path}${search && `?${search}`}`;
};
