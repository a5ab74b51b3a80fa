import { loadGuide, profileFor } from '@naravard/care';
import { carePlan } from '@naravard/care-plan';
import { careTeam } from '@naravard/care-team';
import { encounter } from '@naravard/encounter';
import type { Definitions } from '@naravard/fhir';
import { recordModule } from '@naravard/record';
import { baseModule, type Guide, type ServiceModule } from '@naravard/rest';

/** The modules of naravard, by hand: every process loads all of them, whatever routes it mounts. */
export function allModules(definitions: Definitions): readonly ServiceModule[] {
  const services = [careTeam, carePlan, encounter];
  const taken = new Set(
    [baseModule, ...services].flatMap(({ resources }) => resources.map(({ type }) => type)),
  );
  return [...services, recordModule(definitions.resourceTypes, taken)];
}

/** The implementation guide of naravard: every process checks against it and serves it. */
export const ownGuide = (): Guide => ({ definitions: loadGuide().definitions, profilesFor: profileFor });
