import type { Interaction } from '../call.ts';
import { operationOn } from '../operation-name.ts';
import { expand } from '../operations/terminology/expand.ts';
import { lookup } from '../operations/terminology/lookup.ts';
import { subsumes } from '../operations/terminology/subsumes.ts';
import { translate } from '../operations/terminology/translate.ts';
import { validateInSet } from '../operations/terminology/validate-in-set.ts';
import { validateInSystem } from '../operations/terminology/validate-in-system.ts';

/** What Bulk Data Access leaves open to a server. https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters */
const ofExport = ['patient', 'includeAssociatedData'];

const ofTerminology = [lookup, validateInSystem, subsumes, expand, validateInSet, translate];

/** The parameters of a standard's definition that are refused here: what is not taken is not described. */
export function refusedInputs(interaction: Interaction): readonly string[] {
  const { name, type } = operationOn(interaction) ?? {};
  if (name === 'export') return ofExport;
  const operation = ofTerminology.find((each) => each.name === `$${name}` && each.type === type);
  return Object.entries(operation?.inputs ?? {}).flatMap(([input, kind]) =>
    kind === 'unsupported' ? [input] : [],
  );
}
