import type { CarePlanActivity, Extension, Reference } from '@medplum/fhirtypes';
import { extensions, forsamring, type Huvudman, type Level } from '@naravard/care';
import { ref } from './codes.ts';

/** What is done in a plan: in words, by whom (`Type/id`), how often, and who answers for it. */
interface Row {
  text: string;
  who?: string;
  often?: string;
  huvudman?: Huvudman;
}

/** What is done when the patient gets worse. Texts are to the patient; references are `Type/id`. */
interface Step extends Row {
  level: Level;
  sign: string;
  threshold?: string;
  /** What can be done before calling. */
  first?: string;
  contact?: string;
  larm112?: true;
  /** The ordination vid behov that is meant: a plan states no dose. */
  ordination?: string;
}

export const row = ({ text, who, often, huvudman }: Row): CarePlanActivity => ({
  ...(huvudman && { extension: [{ url: extensions.huvudman, valueCode: huvudman }] }),
  detail: {
    status: 'in-progress',
    description: text,
    ...(who && { performer: [ref(who)] }),
    ...(often && { scheduledString: often }),
  },
});

export const step = (of: Step): CarePlanActivity => {
  const { extension = [], detail } = row(of);
  return {
    extension: [signOf(of), ...extension],
    ...(detail && { detail: { ...detail, status: of.level === 'gor-sjalv' ? 'in-progress' : 'scheduled' } }),
  };
};

const signOf = ({ level, sign, threshold, first, contact, larm112, ordination }: Step): Extension => ({
  url: extensions.forsamring,
  extension: [
    { url: forsamring.niva, valueCode: level },
    { url: forsamring.tecken, valueString: sign },
    ...said(forsamring.troskel, threshold),
    ...said(forsamring.forst, first),
    ...pointed(forsamring.kontakt, contact),
    ...(larm112 ? [{ url: forsamring.larm112, valueBoolean: true }] : []),
    ...pointed(forsamring.ordination, ordination),
  ],
});

const said = (url: string, text: string | undefined): Extension[] =>
  text ? [{ url, valueString: text }] : [];

const pointed = (url: string, to: string | undefined): Extension[] =>
  to ? [{ url, valueReference: ref<Reference>(to) }] : [];
