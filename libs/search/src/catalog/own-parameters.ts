import type { SearchParameterDefinition } from '@naravard/fhir';

const definition = (
  base: string,
  code: string,
  rest: Pick<SearchParameterDefinition, 'type' | 'expression' | 'targets'>,
): SearchParameterDefinition => ({
  base: [base],
  code,
  url: `https://naravard.se/fhir/SearchParameter/${base}-${code}`,
  ...rest,
});

/**
 * Search parameters of our own, where R4 has none for what care coordination asks every day; docs/search.md tells
 * what each is for.
 */
export const ownParameters: readonly SearchParameterDefinition[] = [
  definition('CareTeam', 'role', { type: 'token', expression: 'CareTeam.participant.role' }),
  definition('CareTeam', 'organization', {
    type: 'reference',
    expression: 'CareTeam.managingOrganization',
    targets: ['Organization'],
  }),
  definition('CarePlan', 'author', {
    type: 'reference',
    expression: 'CarePlan.author',
    targets: [
      'CareTeam',
      'Device',
      'Organization',
      'Patient',
      'Practitioner',
      'PractitionerRole',
      'RelatedPerson',
    ],
  }),
];
