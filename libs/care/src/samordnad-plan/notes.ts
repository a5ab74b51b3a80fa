import type { Communication, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import { systems } from '../codes.ts';
import { type KnownResources, personName, referenceOf } from './known-resources.ts';

/** What is written with `Patient/[id]/$meddelande`: codes of CodeSystem/communication. */
export const noteKinds = [
  'egen-anteckning',
  'onskan-fast-kontakt',
  'onskan-sip',
  'onskan-andring',
  'fel-nummer',
] as const;

export type NoteKind = (typeof noteKinds)[number];

/** A note, a wish or a report, and who has written it. */
export interface Note {
  readonly reference: string;
  readonly kind: NoteKind;
  readonly text: string;
  readonly at: string;
  /** `Astrid Testberg (patient)` */
  readonly by: string;
  /** `Type/id` of what it is about. */
  readonly about: string | null;
}

/** The newest first. */
export const notesOf = (known: KnownResources): Note[] =>
  known
    .of('Communication')
    .filter(({ status }) => status === 'completed')
    .flatMap((each) => {
      const kind = noteKindOf(each);
      const text = (each.payload ?? []).flatMap(({ contentString }) => contentString ?? []).join('\n');
      if (kind === undefined || text === '') return [];
      const [about] = each.about ?? [];
      return {
        reference: referenceOf(each),
        kind,
        text,
        at: each.sent ?? '',
        by: writerOf(each, known),
        about: about?.reference ?? null,
      };
    })
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));

/** Undefined of what is none. */
export function noteKindOf({ category = [] }: Communication): NoteKind | undefined {
  const codes = category
    .flatMap(({ coding = [] }) => coding)
    .flatMap(({ system, code }) => (system === systems.communication ? [code] : []));
  return noteKinds.find((kind) => codes.includes(kind));
}

function writerOf({ sender, contained = [] }: Communication, known: KnownResources): string {
  if (sender?.reference?.startsWith('Patient/')) return named(known.nameOf(sender), 'patient');
  if (sender?.type === 'RelatedPerson') return named(relativeBy(sender, known), 'vårdnadshavare');
  const role = contained.find(({ id }) => `#${id}` === sender?.reference) as PractitionerRole | undefined;
  return named(unitBy(role?.organization, known) ?? known.unitOf(sender), 'personal');
}

const named = (name: string | null, as: string): string =>
  name === null ? `${as.charAt(0).toUpperCase()}${as.slice(1)}` : `${name} (${as})`;

/** By the id that the person logs in by. */
const relativeBy = ({ identifier: by }: Reference, known: KnownResources): string | null =>
  personName(
    known
      .of('RelatedPerson')
      .find(({ identifier = [] }) =>
        identifier.some(({ system, value }) => system === by?.system && value === by?.value),
      )?.name?.[0],
  );

function unitBy(unit: Reference | undefined, known: KnownResources): string | null {
  const hsaId = ({ system, value = '' }: { system?: string; value?: string }): string | undefined =>
    system === identifierSystems.hsaId
      ? canonicalIdentifier(identifierSystems.hsaId, value).value
      : undefined;
  const asked = hsaId(unit?.identifier ?? {});
  const found =
    asked === undefined
      ? undefined
      : known
          .of('Organization')
          .find(({ identifier = [] }) => identifier.some((each) => hsaId(each) === asked));
  return found?.name ?? null;
}
