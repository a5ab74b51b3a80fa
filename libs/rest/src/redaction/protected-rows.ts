import { saysProtected } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import { type IndexRows, isFindable, saysWho } from '@naravard/search';

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/**
 * The index rows of a resource without those that a search, an order, `:missing`, `_filter` or `_text` could tell a
 * protected identity by (OSL (2009:400) 22 kap 1 §), when it carries sekretessmarkering or skyddad folkbokföring itself;
 * others come back as they are. Custom parameters have no rows either, whatever they read. `identifier` stays, so that
 * the person is found by personnummer; of staff it finds HSA-ids alone.
 */
export function withoutProtected(type: string, rows: IndexRows): IndexRows {
  if (!saysProtected(rows.labels) || !saysWho(type)) return rows;
  const isStaff = staff.has(type);
  const stays = (key: string) => {
    const code = withoutPart(key);
    return isFindable(type, code) && !(isStaff && code === 'identifier');
  };
  const stay = <Row extends { param: string }>(found: readonly Row[]): Row[] =>
    found.filter(({ param }) => stays(param));
  const { fullText: _words, ...rest } = rows;
  return {
    ...rest,
    tokens: rows.tokens.filter(stays),
    identifiers: isStaff
      ? rows.identifiers.filter(({ system }) => system === identifierSystems.hsaId)
      : stay(rows.identifiers),
    references: stay(rows.references).flatMap(withoutNumber),
    texts: stay(rows.texts),
    dates: stay(rows.dates),
    quantities: stay(rows.quantities),
    composites: stay(rows.composites),
  };
}

/** Their HSA-ids alone are found, not by type: the number of a licence or a personnummer leads to the name. */
const staff = codes('Practitioner PractitionerRole Organization');

/** The parameter that a key of `tokens`, or a name such as `type:text`, belongs to. */
const withoutPart = (key: string): string => /^[^=|?!<$:]*/.exec(key)?.[0] ?? key;

/** Parameters whose references may carry the number of a relative or of staff, which the mask takes out. */
const ofPeople = codes('link practitioner relatedperson');

function withoutNumber(row: IndexRows['references'][number]): IndexRows['references'] {
  if (!ofPeople.has(row.param)) return [row];
  return row.target === null ? [] : [{ ...row, system: null, value: null }];
}
