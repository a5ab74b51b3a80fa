import { Problem } from '@naravard/fhir';
import {
  CodeSystem,
  type CodeSystemSource,
  ConceptMap,
  type ConceptMapSource,
  type Expansion,
  noCodeSystem,
  noConceptMap,
  noValueSet,
  type Terminology,
  type ValueSetSource,
} from '@naravard/terminology';
import type { Input } from './terminology-input.ts';
import { unfit } from './terminology-input.ts';
import type { Asked } from './terminology-operation.ts';

/** A canonical with its version, which may stand in the URL or beside it. @throws Problem 'bad-request' */
export function canonical(url: string, version: string | undefined, parameter: string): string {
  const [, inUrl] = url.split('|');
  if (version === undefined || version === inUrl) return url;
  if (inUrl === undefined) return `${url}|${version}`;
  throw unfit(parameter, `${parameter} says another version than the URL: give one of the two.`);
}

/**
 * A code system that is asked about by its URL.
 * @throws Problem 'not-found' with how to load it
 */
export function loadedSystem(
  terminology: Terminology,
  url: string,
  version: string | undefined,
  parameter = 'version',
): CodeSystem {
  const asked = canonical(url, version, parameter);
  const found = terminology.codeSystem(asked);
  // Of SNOMED CT and the like R4 has the name alone.
  if (!found || (!found.complete && found.size === 0)) throw noCodeSystem(asked);
  return found;
}

/** The code system of the address, the one that was sent (`codeSystem`), or the one of `url`; one of them. */
export function systemAsked({ terminology, input, instance }: Asked, url: string): CodeSystem {
  const source = theOne(input, instance, 'codeSystem', url) as CodeSystemSource | undefined;
  if (source) return new CodeSystem(withUrl(source));
  return loadedSystem(terminology, input.text(url) ?? '', input.text('version'));
}

const withUrl = (source: CodeSystemSource): CodeSystemSource => {
  if (source.url) return source;
  const diagnostics = 'The CodeSystem has no url, by which its codes are named: give it one.';
  throw new Problem('unprocessable', { severity: 'error', expression: 'CodeSystem.url', diagnostics });
};

/**
 * What may be looked at to expand a value set that is not one of the loaded ones: about 0.2 s. A value set of a caller is
 * small and may include large systems many times.
 */
const mostLookedAt = 250_000;

/** The value set of the address, the one that was sent (`valueSet`), or the one of `url`, with its codes. */
export function expansionAsked({ terminology, input, instance }: Asked): Expansion {
  const source = theOne(input, instance, 'valueSet', 'url') as ValueSetSource | undefined;
  if (source) return expansionOf(terminology, source);
  const asked = urlOfSet(input);
  const known = terminology.expansion(asked);
  if (!known) throw noValueSet(asked);
  return known;
}

const urlOfSet = (input: Input): string =>
  canonical(input.text('url') ?? '', input.text('valueSetVersion'), 'valueSetVersion');

/** What the value set that is asked is made of. */
export function composeAsked({ terminology, input, instance }: Asked): ValueSetSource['compose'] {
  const source = theOne(input, instance, 'valueSet', 'url') as ValueSetSource | undefined;
  return (source ?? terminology.valueSet(urlOfSet(input)))?.compose;
}

/** That of the loaded one where it is the same. */
function expansionOf(terminology: Terminology, source: ValueSetSource): Expansion {
  const { url, version, compose } = source;
  const key = url === undefined ? '' : `${url}${version === undefined ? '' : `|${version}`}`;
  const loaded = key === '' ? undefined : terminology.valueSet(key);
  const isSame = loaded?.compose && JSON.stringify(loaded.compose) === JSON.stringify(compose);
  return (isSame && terminology.expansion(key)) || terminology.expansionOf(source, { codes: mostLookedAt });
}

/** The concept map of the address, sent (`conceptMap`) or of `url`; undefined where none is named: then all are asked. */
export function mapAsked({ terminology, input, instance }: Asked): ConceptMap | undefined {
  if (!instance && !input.has('conceptMap') && !input.has('url')) return undefined;
  const source = theOne(input, instance, 'conceptMap', 'url') as ConceptMapSource | undefined;
  if (source) return new ConceptMap(source);
  const asked = canonical(input.text('url') ?? '', input.text('conceptMapVersion'), 'conceptMapVersion');
  const found = terminology.conceptMap(asked);
  if (!found) throw noConceptMap(asked);
  return found;
}

/**
 * The resource of the address or of a parameter; undefined for that of a URL.
 * @throws Problem 'bad-request' unless it is named in just one of these ways
 */
function theOne(
  input: Input,
  instance: object | undefined,
  resource: string,
  url: string,
): object | undefined {
  const own = (instance as { url?: string } | undefined)?.url;
  const named = [resource, url].filter((name) => input.has(name) && !(own && input.text(name) === own));
  const [first, second] = named;
  if (instance && first !== undefined) {
    throw unfit(first, `The address says which resource is asked: leave ${first} out.`);
  }
  if (second !== undefined) throw unfit(second, `Give ${first} or ${second}, not both.`);
  if (!instance && first === undefined) {
    throw unfit(url, `Give ${url}, or ${resource} by POST, or ask on a resource by its id.`);
  }
  return instance ?? input.resource(resource);
}
