import { readdirSync, readFileSync } from 'node:fs';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, test } from 'vitest';
import { extensions, forsamring } from '../../libs/care/src/codes.ts';
import { needs } from '../../libs/care/src/contact/contact-order.ts';
import { contactTypes } from '../../libs/care/src/fast-kontakt/contact-types.ts';
import { loadGuide } from '../../libs/care/src/guide.ts';
import { utfordAktivitet } from '../../libs/care/src/samordnad-plan/done.ts';
import { huvudmanCodes, sipEndReasons, sipExtensions, sipTasks } from '../../libs/care/src/sip/elements.ts';
import { lageInWords } from '../../libs/care/src/sip/process.ts';
import { example, exampleNames } from './guide-examples.ts';

const validate = createValidator(loadDefinitions());
const guide = loadGuide();
const text = JSON.stringify(guide.definitions);
const page = readFileSync(new URL('../../docs/guide.md', import.meta.url), 'utf8');

interface Concept {
  readonly code: string;
  readonly display?: string;
}

const codesOf = (id: string): string[] => conceptsOf(id).map(({ code }) => code);
const conceptsOf = (id: string): readonly Concept[] =>
  (guide.codeSystems.find((each) => each.id === id) as { concept?: Concept[] } | undefined)?.concept ?? [];

/** The values of all members of a name, at any depth. */
const valuesOf = (name: string): string[] =>
  [...text.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, value = '']) => value);

describe('the guide', () => {
  test('has valid R4 resources, each in a file of its own name and under a canonical of ours', () => {
    const folder = new URL('../../libs/care/guide/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(
      guide.definitions.map(({ resourceType, id }) => `${resourceType}-${id}.json`).sort(),
    );
    for (const definition of guide.definitions) {
      const { resourceType, id, url } = definition;
      expect([url, validate(definition)]).toEqual([`https://naravard.se/fhir/${resourceType}/${id}`, []]);
    }
  });

  test('lists all that is in it', () => {
    const [listing] = guide.definitions.filter(({ resourceType }) => resourceType === 'ImplementationGuide');
    const { definition } = listing as unknown as {
      definition: { resource: { reference: { reference: string } }[] };
    };
    expect(definition.resource.map(({ reference }) => reference.reference).sort()).toEqual(
      guide.definitions
        .filter((each) => each !== listing)
        .map(({ resourceType, id }) => `${resourceType}/${id}`)
        .sort(),
    );
  });

  test('defines every extension that the code knows but that of Inera', () => {
    const defined = guide.profiles.map(({ url }) => url);
    const ours = [...Object.values(extensions), ...Object.values(sipExtensions)].filter((url) =>
      url.startsWith('https://naravard.se/'),
    );
    expect(ours.filter((url) => !defined.includes(url))).toEqual([]);
  });

  test('defines the sub-extensions of forsamring and no others', () => {
    const definition = JSON.stringify(guide.profiles.find(({ id }) => id === 'forsamring'));
    const named = [...definition.matchAll(/"sliceName":"([^"]+)"/g)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.values(forsamring).sort());
  });

  test('has the codes that the code has', () => {
    expect(codesOf('huvudman')).toEqual(huvudmanCodes);
    expect(codesOf('behov')).toEqual(needs);
    expect(codesOf('sip-lage')).toEqual(Object.keys(lageInWords));
    expect(conceptsOf('sip-avslutsorsak')).toEqual(
      Object.entries(sipEndReasons).map(([code, display]) => ({ code, display })),
    );
    expect(codesOf('uppgift')).toEqual([...Object.values(sipTasks).map(({ code }) => code), utfordAktivitet]);
    expect(
      loadTerminology(guide.definitions)
        .expand(fastKontakt)
        .map(({ code }) => code),
    ).toEqual(contactTypes.map(({ code }) => code).sort());
  });

  test('has every code system, value set and extension that it names itself', () => {
    const known = new Set(guide.definitions.map(({ url }) => url));
    const named = ['valueSet', 'system', 'fixedUri'].flatMap(valuesOf);
    const profiled = [...text.matchAll(/"profile":\["([^"]+)"/g)].map(([, url = '']) => url);
    expect(
      [...named, ...profiled].filter((url) => url.startsWith('https://naravard.se/fhir') && !known.has(url)),
    ).toEqual([]);
  });

  test('is told in docs/guide.md: profiles, extensions and code systems', () => {
    const told = [...guide.profiles, ...guide.codeSystems].map(({ id }) => id);
    expect(told.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  });
});

test.each(exampleNames)('the example %s is valid R4, with the id of its file', (name) => {
  const resource = example(name);
  expect([`${resource.resourceType}-${resource.id}`, validate(resource)]).toEqual([name, []]);
});

const fastKontakt = 'https://naravard.se/fhir/ValueSet/typ-av-fast-kontakt';
