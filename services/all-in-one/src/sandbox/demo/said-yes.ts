import { type Made, svodConsent } from '@naravard/access';

interface Yes {
  id: string;
  patient: string;
  /** Date of the answer, from which it holds. */
  since: string;
  /** Whom it was said to, by HSA-id. */
  to: { unit: string } | { organisation: string };
}

/** The person has said yes to SVOD (2022:913 3 kap 1-2 §§), until further notice. */
export const saidYes = ({ id, patient, since, to }: Yes): Made =>
  svodConsent({ id, patient, at: since, answer: 'yes', ...to, start: since });
