import type { LogRow } from '@naravard/store';
import { shapeOf } from './interaction-shape.ts';
import { typeName } from './plain-words.ts';
import { shownQuery } from './shown-query.ts';
import type { View } from './view.ts';

const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const objectRole = 'http://terminology.hl7.org/CodeSystem/object-role';

const domainResource = { system: objectRole, code: '4', display: 'Domain Resource' };
const systemObject = { system: entityType, code: '2', display: 'System Object' };

/** Whose and which data: patient, resources, what was searched for, and the request that all rows of it have in common. */
export function entitiesOf(row: LogRow, view: View): object[] {
  const isQuery = shapeOf(row.interaction).flow === 'query';
  return [
    ...(row.patient === null ? [] : [patientEntity(row.patient)]),
    ...row.targets.map((target, index) => ({
      what: whatOf(target),
      // BALP's slices go by type: one System Object at most, and of a query it is the query.
      type: isQuery || index > 0 ? fhirType(target) : systemObject,
      role: domainResource,
    })),
    ...(isQuery
      ? [
          {
            type: systemObject,
            role: { system: objectRole, code: '24', display: 'Query' },
            query: Buffer.from(shownQuery(row, view.query)).toString('base64'),
          },
        ]
      : []),
    {
      what: { identifier: { value: row.request } },
      type: {
        system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
        code: 'XrequestId',
      },
    },
  ];
}

const patientEntity = (id: string) => ({
  what: { reference: `Patient/${id}` },
  type: { system: entityType, code: '1', display: 'Person' },
  role: { system: objectRole, code: '1', display: 'Patient' },
});

const fhirType = (target: string) => ({
  system: 'http://hl7.org/fhir/resource-types',
  code: target.split('/', 1)[0],
});

/** A person is told the type alone. */
const whatOf = (target: string): object =>
  target.includes('/') ? { reference: target } : { type: target, display: typeName(target) };
