import type { Sights } from '@naravard/search';
import type { LegalActor } from '../caller.ts';
import { asColumns } from './literal.ts';
import { availableFrom, informedBy, joinedOf } from './made-available.ts';
import { hasAny, mineOf } from './mine.ts';
import { acrossAsOmsorgsgivare } from './omsorgsgivare.ts';
import { acrossAsProvider } from './other-provider.ts';
import type { Reader } from './reader.ts';
import { openedAlone, relatedOrOpened } from './relation.ts';
import { remembered } from './remembered.ts';

const across = { vardgivare: acrossAsProvider, omsorgsgivare: acrossAsOmsorgsgivare } as const;

/**
 * What a reader is to a patient, by names, from what is `mine`: whether it `may` see anything; the ground that stands in
 * place of others where nothing but a nödöppning lets it (`opened`), and the one on which it reads what others have made
 * available (`across`), null where there is none; whether any spärr stands (`blocks`).
 */
export const standingFrom = (mine: string, as: LegalActor['as']) => ({
  may: relatedOrOpened(mine, as),
  opened: openedAlone(mine, as),
  across: across[as](mine),
  blocks: hasAny(mine, 'block-inner', 'block-outer'),
});

/** Whether the patient has protected identity, and is blocked at some time. */
const further = {
  protected: `coalesce(bool_or(fact.kind = 'protected'), false)`,
  blocked: `coalesce(bool_or(fact.kind in ('block-inner', 'block-outer')), false)`,
};

/**
 * Sights of staff: `mine`, what is taken from it, `available`, and whether the patient has protected identity and is
 * `blocked` at some time. All of them are one look at the patient's facts and one at who takes part in SVOD.
 */
export function staffSights(reader: Reader, adult: string, as: LegalActor['as'], patient: string): Sights {
  const { organisation, reach, at } = reader;
  const aggregates: Readonly<Record<string, string>> = { mine: mineOf({ reach, at }, adult), ...further };
  return {
    one(name) {
      const value = name === 'available' ? availableFrom(reader) : aggregates[name];
      if (value === undefined) throw new Error(`${name} is no sight of staff`);
      return `(select ${value} from fact where fact.patient = ${patient})`;
    },
    all: (told = '') => all[as](patient, organisation, reach, at, adult, told),
  };
}

const allOf = (as: LegalActor['as']) =>
  remembered((patient, organisation, reach, at, adult, told) => {
    const look = { mine: mineOf({ reach, at }, adult), ...further, informed: informedBy({ at }) };
    const ofPatient = asColumns({ ...look, ...(told && { told }) });
    const ofJoined = asColumns({
      available: joinedOf({ at }),
      ...(told && { told: `string_agg(fact.said, ',')` }),
    });
    return `select f.mine, f.protected, f.blocked, ${asColumns(standingFrom('f.mine', as))}, j.available${told && `, concat_ws(',', f.told, j.told) as told`}
from (select ${ofPatient} from fact where fact.patient = ${patient} offset 0) f
cross join lateral (select ${ofJoined} from fact where fact.patient is null and fact.kind = 'joined' and fact.organisation = any(f.informed || ${organisation}) offset 0) j`;
  });
const all = { vardgivare: allOf('vardgivare'), omsorgsgivare: allOf('omsorgsgivare') };
