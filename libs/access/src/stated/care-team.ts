import { actorOfKey } from '../legal-actor-key.ts';
import type { StatedFact } from '../stated-fact.ts';
import type { Period, Reference } from './elements.ts';
import { canonicalHsaId, hsaIdOf } from './hsa-id.ts';
import { limitsOf, overlap } from './limits.ts';
import { fact, idIn, type Stating } from './stating.ts';

export interface CareTeam {
  readonly resourceType: 'CareTeam';
  readonly status?: string;
  readonly subject?: Reference;
  readonly period?: Period;
  readonly participant?: readonly Participant[];
}

interface Participant {
  readonly member?: Reference;
  readonly onBehalfOf?: Reference;
  readonly period?: Period;
}

/**
 * PDL (2008:355) 4 kap. 1 §: who is named by HSA-id in an active CareTeam of the own organisation takes part in the care
 * there. It is always the writer's organisation: to name staff of another gives them nothing (SVOD 3 kap. 7 §).
 */
export function careTeam(resource: CareTeam, stating: Stating): StatedFact[] {
  const { organisation, kind } = stating.writer;
  if (kind !== 'staff' && kind !== 'system') return [];
  const patient = idIn(resource.subject, 'Patient', stating);
  if (resource.status !== 'active' || patient === null || organisation === null) return [];
  const whole = limitsOf(resource.period, 'CareTeam.period');
  return (resource.participant ?? []).flatMap((participant, at) => {
    const person = hsaIdOf(participant.member);
    const own = limitsOf(participant.period, `CareTeam.participant[${at}].period`);
    const during = overlap(whole, own);
    if (person === null || during === undefined) return [];
    const unit = unitOf(participant, organisation);
    return [fact('participation', stating, patient, { organisation, unit, person, during })];
  });
}

/** A participant on behalf of a unit takes part there alone, in no other commission; the whole organisation is no limit. */
function unitOf({ onBehalfOf }: Participant, organisation: string): string | null {
  const unit = hsaIdOf(onBehalfOf);
  const own = actorOfKey(organisation)?.hsaId;
  return own !== undefined && unit === canonicalHsaId(own) ? null : unit;
}
