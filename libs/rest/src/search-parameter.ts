// http://hl7.org/fhir/R4/searchparameter.html
import { type Finding, Problem, type SearchParameterDefinition } from '@naravard/fhir';
import { compileCustom, isRefused } from '@naravard/search';
import type { AskedParameter } from '@naravard/store';
import type { Engine } from './engine.ts';
import { isOwnSearchParameter } from './packages/own-search-parameters.ts';

/** A valid R4 SearchParameter, as far as it says what is searched. */
interface SearchParameter {
  readonly url: string;
  readonly status: string;
  readonly code: string;
  readonly base: readonly string[];
  readonly type: SearchParameterDefinition['type'];
  readonly expression?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

/**
 * What an active SearchParameter asks to be indexed, one for each of its base types; a draft or retired one, and one that
 * publishes a parameter of our own, ask for nothing. What it says of modifiers, comparators and chains does not narrow what can
 * be asked.
 * @throws Problem 'unprocessable' that names the element to change.
 */
export function askedParameters(
  { catalog, definitions, searchNeeds }: Engine,
  resource: object,
): AskedParameter[] {
  const { url, status, code, base, type, expression, target, component } = resource as SearchParameter;
  if (status !== 'active' || isOwnSearchParameter(catalog, resource as SearchParameter)) return [];
  const findings: Finding[] = [];
  const asked = [...new Set(base)].flatMap((each) => {
    if (!definitions.resourceTypes.has(each)) {
      findings.push(finding('base', `${each} has no resources of its own: name concrete types.`));
      return [];
    }
    const need = searchNeeds.find(({ type }) => type === each);
    if (need) {
      // A parameter of another name over the same element would undo the limit.
      findings.push(
        finding('base', `What ${each} is searched by is limited by law (${need.citation}): leave it out.`),
      );
      return [];
    }
    const definition: SearchParameterDefinition = {
      code,
      type,
      base: [each],
      url,
      ...(expression !== undefined && { expression }),
      ...(target && { targets: target }),
      ...(component && {
        components: component.map(({ definition, expression }) => ({ definition, expression })),
      }),
    };
    const compiled = compileCustom(definitions, each, definition, catalog.defined(each));
    if (isRefused(compiled)) findings.push(finding(compiled.element, compiled.reason));
    return [{ base: each, code, url, definition: JSON.stringify(definition) }];
  });
  if (catalog.isDefinedUrl(url))
    findings.push(finding('url', 'This is a parameter of R4 or of our own: give yours its own url.'));
  if (findings.length) throw new Problem('unprocessable', findings);
  return asked;
}

const finding = (element: string, diagnostics: string): Finding => ({
  severity: 'error',
  expression: `SearchParameter.${element}`,
  diagnostics,
});
