import type { CareTeam } from '@medplum/fhirtypes';
import { type Finding, type Found, parseDateRange } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { hourInWords } from '../contact/contact-words.ts';
import { extensionPath } from '../extension-reader.ts';
import { keyOf } from '../reference-key.ts';
import { firstHourWithoutAnswer } from './contact-cover.ts';
import type { Behandlingsplan } from './plan.ts';

/**
 * All that a composed plan lacks to be in force from `at` (ISO), in the order in which a reader would look for it. `found` gives
 * what its contact paths are reached by. Empty = complete.
 */
export function lackingIn(plan: Behandlingsplan, at: string, found: Found): Finding[] {
  return [
    ...lackingSteps(plan),
    ...lackingResponsible(plan),
    ...(plan.doctor?.reference ? [] : [lacksDoctor]),
    ...(plan.nurse?.reference ? [] : [lacksNurse]),
    ...(plan.period.start === undefined ? [lacksStart] : []),
    ...lackingReview(plan),
    ...(plan.forPatient === null ? [lacksVisibility] : []),
    ...lackingContact(plan, at, found),
  ];
}

/** At least one step, in whatever part it stands. */
export const lackingSteps = ({ steps }: Pick<Behandlingsplan, 'steps'>): Finding[] =>
  steps.length
    ? []
    : [
        lacking(
          'CarePlan.activity',
          `State what is done when the patient gets worse: an activity with extension ${extensions.forsamring}, here or in a part.`,
          'Planen saknar vad man gör vid försämring.',
        ),
      ];

/** Steps of the CarePlan itself: those of others' parts are looked at where they are written. */
export const lackingResponsible = ({ key, steps }: Pick<Behandlingsplan, 'key' | 'steps'>): Finding[] =>
  steps
    .filter(({ plan, responsible }) => plan === key && responsible.length === 0)
    .map(({ path }) =>
      lacking(
        `${path}.detail.performer`,
        'State who is responsible for the step (detail.performer).',
        'Skriv vem som ansvarar för steget.',
      ),
    );

function lackingReview({ review, period: { start, end } }: Behandlingsplan): Finding[] {
  const path = extensionPath('CarePlan', extensions.granskas);
  const sv = 'Ange när planen ska ses över. Datumet ska ligga inom planens tid.';
  if (review === null) return [lacking(path, 'State the date by which the plan is looked through.', sv)];
  const day = parseDateRange(review);
  const first = start === undefined ? null : (parseDateRange(start)?.start ?? null);
  const last = end === undefined ? null : (parseDateRange(end)?.end ?? null);
  const isWithin =
    day?.start != null &&
    day.end !== null &&
    (first === null || first < day.end) &&
    (last === null || day.start < last);
  return isWithin ? [] : [lacking(path, "Choose a date of review within the plan's period.", sv)];
}

/** What is looked at when a plan is put in force, and not later: it still holds a while. */
export function passedAt({ period: { end }, review }: Behandlingsplan, at: string): Finding[] {
  const isPassed = (date: string | null | undefined): boolean => {
    const last = date == null ? null : (parseDateRange(date)?.end ?? null);
    return last !== null && last <= at;
  };
  return [
    ...(isPassed(end)
      ? [
          lacking(
            'CarePlan.period.end',
            'The period has passed: give a later end.',
            'Planens tid har gått ut.',
          ),
        ]
      : []),
    ...(isPassed(review)
      ? [
          lacking(
            extensionPath('CarePlan', extensions.granskas),
            'The date of review has passed: give a later one.',
            'Datumet när planen ska ses över har passerat. Välj ett senare.',
          ),
        ]
      : []),
  ];
}

function lackingContact(plan: Behandlingsplan, at: string, found: Found): Finding[] {
  const path = extensionPath('CarePlan', extensions.kontaktvag);
  if (!plan.contacts.length) {
    return [
      lacking(
        path,
        'State who answers: a CareTeam or HealthcareService, as many as it takes to cover every hour.',
        'Planen saknar kontaktväg. Någon ska svara dygnet runt, årets alla dagar.',
      ),
    ];
  }
  const unread = plan.contacts.filter((key) => !found(key)).map((key) => unreadable(path, key));
  const others = plan.contacts
    .filter((key) => isOfOthers(found(key), plan))
    .map((key) => ofOthers(path, key));
  const gap = firstHourWithoutAnswer(plan, at, found);
  return [...unread, ...others, ...(gap === null ? [] : [unanswered(path, gap)])];
}

/** A CareTeam of another patient; or, where the patient is to see it, of nobody, which access keeps from patients. */
function isOfOthers(contact: object | undefined, { patient, forPatient }: Behandlingsplan): boolean {
  const { resourceType, subject } = (contact ?? {}) as Partial<CareTeam>;
  if (resourceType !== 'CareTeam') return false;
  return subject === undefined ? forPatient === true : keyOf(subject) !== patient;
}

const ofOthers = (path: string, key: string): Finding =>
  lacking(
    path,
    `${key} is not a team of this patient: name a CareTeam with this subject, or a HealthcareService.`,
    'Teamet hör inte till patienten, som då inte får se numret. Välj ett annat.',
  );

const unreadable = (path: string, key: string): Finding =>
  lacking(
    path,
    `${key} is not here, or you may not see it: name a contact path that you can read.`,
    'En kontaktväg går inte att läsa. Välj en annan.',
  );

const unanswered = (path: string, gap: string): Finding =>
  lacking(
    path,
    `Nobody answers from ${gap} on: add a contact path that does, or its hours.`,
    `Ingen svarar ${hourInWords(gap)}. Lägg till en kontaktväg för den tiden.`,
  );

const lacking = (expression: string, diagnostics: string, sv: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics,
  sv,
});

const lacksDoctor = lacking(
  extensionPath('CarePlan', extensions.ansvarigLakare),
  'State the responsible doctor: a Reference to a PractitionerRole.',
  'Ange ansvarig läkare.',
);

const lacksNurse = lacking(
  extensionPath('CarePlan', extensions.ansvarigSjukskoterska),
  'State the responsible nurse: a Reference to a PractitionerRole.',
  'Ange ansvarig sjuksköterska.',
);

const lacksStart = lacking(
  'CarePlan.period.start',
  'State from when the plan is in force.',
  'Ange från när planen gäller.',
);

const lacksVisibility = lacking(
  extensionPath('CarePlan', extensions.synligForPatient),
  'State whether the patient sees the plan: true or false.',
  'Ange om patienten ska se planen.',
);
