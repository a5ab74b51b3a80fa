import type { SearchParameterDefinition } from '@naravard/fhir';
import type { Catalog } from '@naravard/search';

const own = 'https://naravard.se/fhir/SearchParameter/';

const isOwn = ({ url }: Pick<SearchParameterDefinition, 'url'>): boolean => url.startsWith(own);

/** The search parameters of the catalog that R4 does not have, as resources: what /metadata names can be read. */
export const ownSearchParameters = ({ catalog }: { readonly catalog: Catalog }): readonly object[] =>
  [...catalog.definitions.resourceTypes].flatMap((type) =>
    catalog.defined(type).filter(isOwn).map(resourceOf),
  );

interface Said {
  readonly url: string;
  readonly base: readonly string[];
  readonly expression?: string;
}

/** Whether a SearchParameter resource says what one of them says, which is in the catalog already. */
export const isOwnSearchParameter = (catalog: Catalog, { url, base, expression }: Said): boolean =>
  isOwn({ url }) &&
  base.every((type) =>
    catalog.defined(type).some((each) => each.url === url && each.expression === expression),
  );

/** http://hl7.org/fhir/R4/searchparameter.html */
const resourceOf = ({ code, type, base, url, expression, targets }: SearchParameterDefinition): object => ({
  resourceType: 'SearchParameter',
  id: url.slice(own.length),
  url,
  name: url.slice(own.length).replace(/\W/g, '_'),
  status: 'active',
  publisher: 'naravard',
  description: `${base.join(', ')} by ${expression ?? code}; R4 has no parameter for it.`,
  code,
  base,
  type,
  ...(expression !== undefined && { expression }),
  ...(targets && { target: targets }),
});
