import { type Facts, type InformationTypeCode, type LegalActor, sparr, sparrLift } from '@naravard/access';
import { kommun, region } from '../decisions/build.ts';
import type { Hand } from './cast.ts';
import { docOf, type Fate, isReadable, limitedTo, limits, type Statement, saidAt } from './statement.ts';
import type { Doc } from './told.ts';

const showsBlock = 'https://naravard.se/fhir/CodeSystem/access|shows-block';

/** A spärr and its lifts. The third lift is by another organisation, and lifts nothing. */
export function blocked(
  patient: string,
  block: Facts['blocks'][number],
  index: number,
  fate: Fate = 'stands',
): Doc[] {
  const { reach, organisation, unit, information, excludedTypes, during, lifts } = block;
  if (!isReadable(information) || !isReadable(during)) return [];
  const made = lifts.flatMap((lift, at) =>
    lifted(patient, `${index}-${at}`, index, organisation, lift, at === 2),
  );
  const statement: Statement = {
    type: 'Consent',
    by: { organisation, unit: index % 2 ? unit : null },
    time: saidAt,
    labels: [showsBlock],
    tells: { blocks: [{ ...block, lifts: made.flatMap(({ lift }) => lift ?? []) }] },
    make: (id) =>
      sparr({
        id,
        patient,
        at: saidAt,
        reach,
        ...(unit !== null && { unit }),
        information: limits(information),
        spares: excludedTypes as InformationTypeCode[],
        ...limits(during),
      }),
  };
  const named = { ...docOf(patient, statement, index, fate), id: blockId(patient, index) };
  const versions = named.versions.map(({ resource, ...each }) => ({
    ...each,
    resource: resource && { ...resource, id: named.id },
  }));
  return [{ ...named, versions: versions as unknown as Doc['versions'] }, ...made.map(({ doc }) => doc)];
}

const blockId = (patient: string, index: number): string => `${patient}-sparr-${index}`;

type Lift = Facts['blocks'][number]['lifts'][number];

function lifted(
  patient: string,
  name: string,
  block: number,
  organisation: LegalActor,
  lift: Lift,
  byAnother: boolean,
): { doc: Doc; lift: Lift | undefined }[] {
  const { unit, person, during, ground, officer, relevantTypes } = lift;
  const days = isReadable(during) ? limitedTo(31, during) : undefined;
  if (!days) return [];
  const by = byAnother ? (organisation === kommun ? region : kommun) : organisation;
  const mayBeIndispensable = officer !== null && by.as === 'vardgivare' && relevantTypes.length > 0;
  if (ground === 'indispensable' && !mayBeIndispensable) return [];
  if (ground === 'blocker' && officer === null) return [];
  const hand: Hand = {
    organisation: by,
    unit: officer === null ? null : `${by.hsaId}-S`,
    ...(officer !== null && { officer }),
  };
  const relevant = ground === 'indispensable' ? relevantTypes : [];
  const resource = sparrLift({
    id: `${patient}-havning-${name}`,
    patient,
    at: saidAt,
    sparr: blockId(patient, block),
    ground,
    unit,
    ...(person !== null && { person }),
    relevant,
    ...days,
  });
  const doc: Doc = {
    type: 'Consent',
    id: `${patient}-havning-${name}`,
    by: hand,
    patient,
    time: saidAt,
    versions: [{ resource, labels: [showsBlock] }],
  };
  return [{ doc, lift: byAnother ? undefined : lift }];
}
