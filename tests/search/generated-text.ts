import fc from 'fast-check';
import { type Generated, maybe, oneOf, some } from './generator.ts';

/**
 * Full text and filters. PostgreSQL takes the endings off words and leaves out the commonest; memory does not, so the
 * words of this test are their own stems.
 */

const words = ['plan', 'vård', 'fall', 'sår', 'Sår', 'kö', 'ko', 'idé', '8', 'e-post', 'x'.repeat(300)];
const phrase = fc.array(oneOf(...words), { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
const div = fc
  .array(phrase, { minLength: 1, maxLength: 3 })
  .map(
    (list) =>
      `<div xmlns="http://www.w3.org/1999/xhtml">${list.map((each) => `<p>${each}</p>`).join('')}</div>`,
  );

const plan = fc.record({
  text: maybe(div.map((text) => ({ status: 'generated', div: text }))),
  title: maybe(phrase),
  description: maybe(phrase),
  note: some(phrase.map((text) => ({ text }))),
  category: some(phrase.map((text) => ({ text }))),
});

const term = fc.oneof(
  oneOf(...words),
  oneOf('pl*', 'vå*', 'ide', 'SÅR', 'post', 'hej'),
  phrase.map((text) => `"${text}"`),
);
const query = fc.letrec<{ query: string; or: string; and: string; single: string }>((tie) => ({
  query: tie('or'),
  or: fc.array(tie('and'), { minLength: 1, maxLength: 2 }).map((list) => list.join(' or ')),
  and: fc
    .tuple(
      term,
      fc.array(
        fc.oneof(
          tie('single'),
          tie('single').map((text) => `-${text}`),
        ),
        { maxLength: 2 },
      ),
    )
    .map(([first, rest]) => [first, ...rest].join(' ')),
  single: fc.oneof(
    { maxDepth: 2 },
    term,
    tie('or').map((text) => `(${text})`),
  ),
})).query;

export const fullText: Generated = {
  type: 'CarePlan',
  resource: plan,
  condition: fc.tuple(
    oneOf('_text', '_content'),
    query.filter(({ length }) => length < 1500),
  ),
  sorts: ['_id'],
};

const names = ['Åsa', 'asa', 'Testberg', 'testberg  von X', 'Ö', 'berg'];
const name = oneOf(...names);
const days = ['1941', '1941-03', '1941-03-14', '1950-01-01'];

const person = fc.record({
  active: maybe(fc.boolean()),
  birthDate: maybe(oneOf(...days)),
  name: some(fc.record({ family: maybe(name), given: some(name) })),
});

const test = fc.oneof(
  fc
    .tuple(
      oneOf('name', 'family', 'given'),
      oneOf('eq', 'ne', 'co', 'sw', 'ew'),
      fc.oneof(name, oneOf('e', 'b')),
    )
    .map(([path, operator, value]) => `${path} ${operator} ${JSON.stringify(value)}`),
  fc
    .tuple(oneOf('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap', 'po'), oneOf(...days))
    .map(([operator, value]) => `birthdate ${operator} ${value}`),
  fc.tuple(oneOf('eq', 'ne'), fc.boolean()).map(([operator, value]) => `active ${operator} ${value}`),
  fc
    .tuple(oneOf('active', 'family', 'birthdate'), fc.boolean())
    .map(([path, value]) => `${path} pr ${value}`),
);
const filter = fc.letrec<{ filter: string; single: string }>((tie) => ({
  filter: fc
    .array(fc.tuple(tie('single'), oneOf('and', 'or')), { minLength: 1, maxLength: 3 })
    .map((list) => list.map(([each, word], n) => (n ? `${word} ${each}` : each)).join(' ')),
  single: fc.oneof(
    { maxDepth: 3 },
    test,
    tie('filter').map((each) => `(${each})`),
    tie('filter').map((each) => `not (${each})`),
  ),
})).filter;

export const filtered: Generated = {
  type: 'Patient',
  resource: person,
  condition: fc.tuple(fc.constant('_filter'), filter),
  sorts: ['family', 'birthdate'],
};
