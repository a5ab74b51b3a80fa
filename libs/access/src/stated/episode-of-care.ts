import type { FactKind, StatedFact } from '../stated-fact.ts';
import { systems } from './codes.ts';
import { type CodeableConcept, codesOf, type Period, type Reference } from './elements.ts';
import { canonicalHsaId, hsaIdOf } from './hsa-id.ts';
import { limited, limitsOf } from './limits.ts';
import { notYours } from './refusal.ts';
import { fact, idIn, type Stating } from './stating.ts';
import type { Writer } from './writer.ts';

export interface EpisodeOfCare {
  readonly resourceType: 'EpisodeOfCare';
  readonly status: string;
  readonly type?: readonly CodeableConcept[];
  readonly patient?: Reference;
  readonly managingOrganization?: Reference;
  readonly period?: Period;
}

type Relation = Extract<FactKind, 'care' | 'insats' | 'investigation' | 'need'>;

/**
 * PDL (2008:355) 4 kap. 1 §, SVOD (2022:913) 3 kap. 1-2 §§: an EpisodeOfCare is the relation of the writer's organisation
 * to the patient: care by a vårdgivare, an insats of an omsorgsgivare or the investigation before one, or a documented need
 * of the work. It is of one unit, for its whole staff.
 */
export function episodeOfCare(resource: EpisodeOfCare, stating: Stating): StatedFact[] {
  const { writer } = stating;
  const kind = relationOf(resource, writer);
  const patient = idIn(resource.patient, 'Patient', stating);
  if (kind === undefined || patient === null) return [];
  if (writer.organisation === null || (writer.kind !== 'staff' && writer.kind !== 'system')) {
    throw notYours(
      'EpisodeOfCare',
      'A care relation or insats is registered by staff or systems of the organisation that has it (PDL 4 kap. 1 §).',
    );
  }
  const unit = unitOf(resource, writer);
  if (unit === undefined) return [];
  const stated = limitsOf(resource.period, 'EpisodeOfCare.period');
  const planned = resource.status === 'planned' ? { start: null, end: stated.start } : stated;
  const during = kind === 'need' ? limited('need', planned, 'EpisodeOfCare.period') : planned;
  return [fact(kind, stating, patient, { organisation: writer.organisation, unit, during })];
}

const care = ['HSJV', 'SÄBO'];
const omsorg = ['HTJ', 'LSS', 'SVTJ', 'SÄBO'];

/**
 * `active` and `onhold` ("limited responsibility") are current relations. `planned` is, with an omsorgsgivare, the time of
 * assessing before the insats begins (http://hl7.org/fhir/R4/codesystem-episode-of-care-status.html); who waits is neither
 * given insatser nor assessed for them. What has ended relates nobody. HSJV is care of a vårdgivare, HTJ, LSS and SVTJ are
 * insatser of an omsorgsgivare, and SÄBO may be either: a code of the other kind says nothing about the writer.
 */
function relationOf({ status, type }: EpisodeOfCare, { organisation }: Writer): Relation | undefined {
  const current = status === 'active' || status === 'onhold';
  const isCare = organisation?.startsWith('vg:') ?? false;
  const own = codesOf(type, systems.relation);
  const insatser = codesOf(type, systems.insats);
  const [ours, theirs] = isCare ? [care, omsorg] : [omsorg, care];
  const ofOthers =
    insatser.some((code) => theirs.includes(code)) && !insatser.some((code) => ours.includes(code));
  if (own.includes('need')) return current ? 'need' : undefined;
  if (own.includes('utredning')) {
    return current && !isCare ? 'investigation' : undefined;
  }
  if (ofOthers) return undefined;
  if (current) return isCare ? 'care' : 'insats';
  return status === 'planned' && !isCare ? 'investigation' : undefined;
}

/** Staff relate their own unit; a system the unit it names by HSA-id, else its own. Undefined: named, but not by HSA-id. */
function unitOf({ managingOrganization }: EpisodeOfCare, writer: Writer): string | null | undefined {
  const named = hsaIdOf(managingOrganization);
  if (writer.kind === 'system') {
    if (named !== null || managingOrganization === undefined) return named ?? writer.unit;
    return writer.unit ?? undefined;
  }
  if (writer.unit !== null && (named === null || named === canonicalHsaId(writer.unit))) return writer.unit;
  throw notYours(
    'EpisodeOfCare.managingOrganization',
    'You can register a relation of the unit of your chosen commission only: name that unit, or leave managingOrganization out (PDL 4 kap. 1 §).',
  );
}
