import type { CareTeam, Coding, ContactPoint, Extension, Patient, Reference } from '@medplum/fhirtypes';
import { contactType, extensions } from '@naravard/care';
import { coding, concept, ref, systems } from './codes.ts';
import { always, phone } from './phone.ts';
import type { StoryTime } from './story-time.ts';

interface Contact {
  id: string;
  of: Reference<Patient>;
  /** Code of kv_typ_av_fast_kontakt. */
  type: '1' | '2' | '3' | '4';
  who: readonly [role: string, name: string];
  unit: string;
  /** What this person is there for, in a sentence to the patient. */
  uppdrag: string;
  telecom: ContactPoint;
  start: string;
  viaTeam?: string;
  labels?: readonly Coding[];
}

const labelled = (labels: readonly Coding[] = []) =>
  labels.length ? { meta: { security: [...labels] } } : {};

/** One CareTeam per fast kontakt, as in Inera's CareTeam IG: https://fhir.inera.se/ig/careteam */
export const fastKontakt = (of: Contact): CareTeam => {
  const display = contactType(of.type)?.display ?? '';
  return {
    resourceType: 'CareTeam',
    id: of.id,
    ...labelled(of.labels),
    extension: [{ url: extensions.uppdrag, valueString: of.uppdrag }],
    status: 'active',
    category: [concept(coding(systems.careTeamType, 'fast-kontakt', 'Fast kontakt'))],
    name: `${display}: ${of.who[1]}`,
    subject: of.of,
    period: { start: of.start },
    participant: [
      {
        ...(of.viaTeam && { extension: [reachedThrough(of.viaTeam)] }),
        role: [concept(coding(systems.fastKontakt, of.type, display))],
        member: ref(`PractitionerRole/${of.who[0]}`, of.who[1]),
      },
    ],
    managingOrganization: [ref(`Organization/${of.unit}`)],
    telecom: [of.telecom],
  };
};

const reachedThrough = (team: string): Extension => ({
  url: extensions.viaTeam,
  valueReference: ref(`CareTeam/${team}`),
});

/** The nurses round one patient, who answer day and night; one of their numbers is for colleagues alone. */
export const nursesOnDuty = (
  time: StoryTime,
  { id, of, labels }: { id: string; of: Reference<Patient>; labels?: readonly Coding[] },
): CareTeam => ({
  resourceType: 'CareTeam',
  id,
  ...labelled(labels),
  status: 'active',
  category: [concept(coding(systems.careTeamType, 'team', 'Team'))],
  name: 'Hemsjukvården Söder',
  subject: of,
  participant: [
    { role: [{ text: 'Sjuksköterska' }], member: ref('PractitionerRole/maja-berg', 'Maja Berg') },
  ],
  managingOrganization: [ref('Organization/hemsjukvarden-soder')],
  telecom: [
    phone('031-390 06 24', always(), time.date(-5)),
    phone('031-390 06 27', always(), time.date(-5), 'personal'),
  ],
});
