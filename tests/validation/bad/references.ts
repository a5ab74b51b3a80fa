import { type BadResource, carePlan, patient } from './valid-resources.ts';

const organization = (id?: string): unknown => ({
  resourceType: 'Organization',
  ...(id && { id }),
  name: 'Vårdcentralen',
});

/** References that lead nowhere or to the wrong type, and contained resources. */
export const badReferences: readonly BadResource[] = [
  {
    fault: 'a reference to a type that is not allowed',
    resource: carePlan({ subject: { reference: 'Practitioner/p1' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'an absolute reference to a type that is not allowed',
    resource: carePlan({ subject: { reference: 'https://a.example/fhir/Practitioner/p1' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a conditional reference to a type that is not allowed',
    resource: carePlan({ subject: { reference: 'Practitioner?identifier=x' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a logical reference to a type that is not allowed',
    resource: carePlan({ subject: { type: 'Practitioner', identifier: { value: 'x' } } }),
    expression: 'CarePlan.subject.type',
  },
  {
    fault: 'a contained resource of a type that is not allowed',
    resource: carePlan({ contained: [organization('o')], subject: { reference: '#o' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a type that is not the reference’s',
    resource: carePlan({ subject: { reference: 'Patient/p1', type: 'Group' } }),
    expression: 'CarePlan.subject.type',
  },
  {
    fault: 'a type that is no type',
    resource: carePlan({ subject: { reference: 'Patient/p1', type: 'patient' } }),
    expression: 'CarePlan.subject.type',
  },
  {
    fault: 'a reference to an unknown type',
    resource: carePlan({ supportingInfo: [{ reference: 'Journal/1' }] }),
    expression: 'CarePlan.supportingInfo[0].reference',
  },
  {
    fault: 'a reference that is a name',
    resource: carePlan({ subject: { reference: 'Elsa Berg' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a reference that is a bare id',
    resource: carePlan({ subject: { reference: '12345' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a reference with an id that is too long',
    resource: carePlan({ subject: { reference: `Patient/${'a'.repeat(65)}` } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a urn that is no UUID',
    resource: carePlan({ subject: { reference: 'urn:uuid:elsa-berg' } }),
    expression: 'CarePlan.subject.reference',
  },
  {
    fault: 'a local reference to nothing',
    resource: patient({ managingOrganization: { reference: '#o' } }),
    expression: 'Patient.managingOrganization.reference',
    says: 'ref-1',
  },
  {
    fault: 'a reference to the container from outside',
    resource: patient({ managingOrganization: { reference: '#' } }),
    expression: 'Patient.managingOrganization.reference',
  },
  {
    fault: 'a contained resource that nothing refers to',
    resource: patient({ contained: [organization('o')] }),
    expression: 'Patient.contained[0]',
    says: 'dom-3',
  },
  {
    fault: 'a contained resource without id',
    resource: patient({ contained: [organization()] }),
    expression: 'Patient.contained[0]',
    says: 'dom-3',
  },
  {
    fault: 'two contained resources with one id',
    resource: patient({
      contained: [organization('o'), organization('o')],
      managingOrganization: { reference: '#o' },
    }),
    expression: 'Patient.contained[1].id',
  },
  {
    fault: 'a contained resource that contains',
    resource: patient({
      contained: [
        {
          resourceType: 'Organization',
          id: 'o',
          name: 'x',
          contained: [organization('p')],
          partOf: { reference: '#o' },
        },
      ],
    }),
    expression: 'Patient.contained[0].contained[0]',
    says: 'dom-2',
  },
];
