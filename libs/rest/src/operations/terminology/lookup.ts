import {
  type CodeSystem,
  type Coding,
  type Concept,
  type Designation,
  displayIn,
  isIn,
  noCode,
  type PropertySource,
  partlyLoaded,
} from '@naravard/terminology';
import type { Part } from '../answer.ts';
import { codingsOf } from './coded.ts';
import { languageAsked } from './language.ts';
import { loadedSystem, systemAsked } from './named-content.ts';
import { type Input, unfit } from './terminology-input.ts';
import type { Asked, TerminologyOperation } from './terminology-operation.ts';

/**
 * http://hl7.org/fhir/R4/codesystem-operation-lookup.html: all that is known of a code, or the properties that are asked
 * for. A code that the system has not is 404.
 * Addition: it can be asked on a CodeSystem by its id, and `system` is then left out.
 */
export const lookup: TerminologyOperation = {
  type: 'CodeSystem',
  name: '$lookup',
  inputs: {
    code: 'code',
    system: 'uri',
    version: 'string',
    coding: 'coding',
    date: 'unsupported',
    displayLanguage: 'code',
    property: 'code',
  },
  answer(asked) {
    const { input } = asked;
    const language = languageAsked(input);
    const { system, code } = placeOf(asked);
    const concept = system.concept(code);
    if (!concept) throw system.complete ? noCode(system.url, code) : partlyLoaded(system.url);
    const wanted = wantedOf(input);
    return {
      resourceType: 'Parameters',
      parameter: [
        { name: 'name', valueString: system.title },
        ...(system.version === null ? [] : [{ name: 'version', valueString: system.version }]),
        { name: 'display', valueString: displayIn(concept, language, system.language) ?? code },
        ...concept.designations.filter(wanted.designation).map(designationPart),
        ...propertiesOf(system, concept)
          .filter(({ code: name }) => wanted.property(name))
          .map((property) => propertyPart(property, system)),
      ],
    };
  },
};

/** The system and the code that are looked up. */
function placeOf(asked: Asked): { system: CodeSystem; code: string } {
  const { terminology, input, instance } = asked;
  if (instance) {
    const system = systemAsked(asked, 'system');
    const [coding] = codingsOf(input, {}, system.url);
    if (coding?.system !== undefined && coding.system !== system.url) {
      throw unfit('coding', 'coding is of another code system than the one that is asked.');
    }
    return { system, code: coding?.code ?? '' };
  }
  const [coding = {}] = codingsOf(input, { system: 'system' });
  if (coding.system === undefined) throw unfit('coding', 'coding has no system.');
  return {
    system: loadedSystem(terminology, coding.system, versionOf(input, coding)),
    code: coding.code ?? '',
  };
}

const versionOf = (input: Input, { version }: Coding): string | undefined => input.text('version') ?? version;

interface Wanted {
  designation(designation: Designation): boolean;
  property(name: string): boolean;
}

/** Everything, or what `property` names: properties, `designation`, and `lang.sv` for those of a language. */
function wantedOf(input: Input): Wanted {
  const names = input.texts('property');
  if (!names.length) return { designation: () => true, property: (name) => name !== 'url' };
  const languages = names.flatMap((name) => (name.startsWith('lang.') ? [name.slice('lang.'.length)] : []));
  return {
    designation: ({ language = '' }) =>
      names.includes('designation') || languages.some((each) => language !== '' && isIn(each, language)),
    property: (name) => names.includes(name),
  };
}

/** Those that every code system has, and its own. */
function propertiesOf(system: CodeSystem, concept: Concept): readonly PropertySource[] {
  const { code, definition, inactive, published } = concept;
  const own = published.filter((each) => each.code !== 'parent' && each.code !== 'child');
  return [
    { code: 'url', valueUri: system.url },
    ...(definition === null ? [] : [{ code: 'definition', valueString: definition }]),
    ...(own.some((each) => each.code === 'inactive') ? [] : [{ code: 'inactive', valueBoolean: inactive }]),
    ...own,
    ...system.parents(code).map((valueCode) => ({ code: 'parent', valueCode })),
    ...system.children(code).map((valueCode) => ({ code: 'child', valueCode })),
  ];
}

const designationPart = ({ language, use, value }: Designation): Part => ({
  name: 'designation',
  part: [
    ...(language === undefined ? [] : [{ name: 'language', valueCode: language }]),
    ...(use === undefined ? [] : [{ name: 'use', valueCoding: use }]),
    { name: 'value', valueString: value },
  ],
});

function propertyPart({ code, ...value }: PropertySource, system: CodeSystem): Part {
  const display = typeof value.valueCode === 'string' ? system.concept(value.valueCode)?.display : undefined;
  const values = Object.entries(value).filter(([name]) => name.startsWith('value'));
  return {
    name: 'property',
    part: [
      { name: 'code', valueCode: code },
      ...values.map(([name, each]) => ({ name: 'value', [name]: each })),
      ...(display ? [{ name: 'description', valueString: display }] : []),
    ],
  };
}
