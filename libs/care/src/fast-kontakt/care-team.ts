import type { CareTeam, CodeableConcept, Coding } from '@medplum/fhirtypes';
import { parseReference } from '@naravard/fhir';
import { extensions, systems } from '../codes.ts';
import { extensionOf, extensionsOf } from '../extension-reader.ts';

/** Whether a resource is a CareTeam of category `fast-kontakt`: one named person whom the patient may turn to. */
export const isFastKontakt = (resource: object): resource is CareTeam =>
  hasCategory(resource, 'fast-kontakt');

/** Whether a resource is a CareTeam of category `team`: those who answer together. */
export const isTeam = (resource: object): resource is CareTeam => hasCategory(resource, 'team');

const hasCategory = (resource: object, code: string): boolean =>
  (resource as Partial<CareTeam>).resourceType === 'CareTeam' &&
  codingsOf((resource as CareTeam).category, systems.careTeamType).some((coding) => coding.code === code);

/** The codings of one system, of all concepts, in their order. */
export const codingsOf = (concepts: readonly CodeableConcept[] | undefined, system: string): Coding[] =>
  (concepts ?? []).flatMap(({ coding = [] }) => coding.filter((each) => each.system === system));

/** Code of kv_typ_av_fast_kontakt; undefined where there is none. */
export const typeOf = ({ participant }: CareTeam): string | undefined =>
  codingsOf(participant?.[0]?.role, systems.fastKontakt)[0]?.code;

/** What the contact is there for, as it is told to the patient. */
export const uppdragOf = (team: CareTeam): string | undefined =>
  extensionOf(team, extensions.uppdrag)?.valueString?.trim() || undefined;

/** Literal reference to the one who is the contact. */
export const memberOf = ({ participant }: CareTeam): string | undefined =>
  participant?.[0]?.member?.reference;

/** Literal references to the teams through which the contact is reached. */
export const viaTeamsOf = ({ participant }: CareTeam): string[] =>
  extensionsOf(participant?.[0], extensions.viaTeam).flatMap(
    ({ valueReference }) => valueReference?.reference ?? [],
  );

/** Type of the resource that a literal reference names, here or elsewhere; undefined where it does not tell. */
export function typeReferredTo(reference: string | undefined): string | undefined {
  const parsed = parseReference(reference ?? '');
  return parsed.kind === 'relative' || parsed.kind === 'absolute' ? parsed.type : undefined;
}
