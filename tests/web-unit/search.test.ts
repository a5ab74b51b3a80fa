import { expect, it, vi } from 'vitest';
import { personNumberIn } from '../../services/web/src/nurse/data/search.ts';

// What the module stands on asks it of the browser as it is loaded.
vi.hoisted(() => vi.stubGlobal('document', { getElementById: () => null }));

it.each([
  ['19410314-9805', '19410314-9805'],
  ['410314-9805', '410314-9805'],
  ['194103149805', '194103149805'],
  [' 19410314 9805 ', '194103149805'],
  ['160314+9804', '160314+9804'],
  ['19410374-9805', '19410374-9805'],
  ['20260101-A12B', '20260101-A12B'],
])('%s is a number of a person', (typed, number) => {
  expect(personNumberIn(typed)).toBe(number);
});

it.each(['Astrid', 'Astrid Testberg', '410314', '410314-980', '4103149-805', '070-174 06 05', ''])(
  '%s is none',
  (typed) => {
    expect(personNumberIn(typed)).toBeNull();
  },
);
