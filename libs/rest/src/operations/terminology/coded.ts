import type { Coding } from '@naravard/terminology';
import { type Input, unfit } from './terminology-input.ts';

/** The three ways to say a code; the parameters beside `code` have other names here and there. */
interface Names {
  /** The system of `code`; undefined where the operation itself says which. */
  readonly system?: string;
  readonly version?: string;
}

/**
 * The codes that are asked about: `code` with its system, `coding`, or `codeableConcept`.
 * @throws Problem 'bad-request' unless there is just one of them
 */
export function codingsOf(input: Input, { system, version }: Names, ownSystem?: string): readonly Coding[] {
  const given = ['code', 'coding', 'codeableConcept'].filter((name) => input.has(name));
  const [way, other] = given;
  if (way === undefined) throw unfit('code', 'Give code, coding or codeableConcept: it says what is asked.');
  if (other !== undefined) throw unfit(other, `Give ${way} or ${other}, not both.`);
  const beside = [system, 'display', version].find((name) => name && input.has(name));
  if (way !== 'code' && beside !== undefined) {
    throw unfit(beside, `${beside} goes with code: ${way} has its own.`);
  }
  if (way === 'coding') return [withCode(input.coding('coding') ?? {}, 'coding')];
  if (way === 'codeableConcept') return concepts(input);
  return [codeOf(input, { ...(system && { system }), ...(version && { version }) }, ownSystem)];
}

function codeOf(input: Input, names: Names, ownSystem: string | undefined): Coding {
  const system = names.system === undefined ? ownSystem : input.text(names.system);
  if (system === undefined) {
    throw unfit(names.system ?? 'system', 'Give system beside code: a code alone can mean different things.');
  }
  const version = names.version === undefined ? undefined : input.text(names.version);
  const display = input.text('display');
  return {
    system,
    ...(version !== undefined && { version }),
    code: input.text('code') ?? '',
    ...(display !== undefined && { display }),
  };
}

const withCode = (coding: Coding, name: string): Coding => {
  if (coding.code !== undefined) return coding;
  throw unfit(name, `${name} has no code.`);
};

/** Codings of one concept; more are no concept, and each is looked for everywhere. */
const mostCodings = 50;

function concepts(input: Input): readonly Coding[] {
  const { coding = [] } = input.concept('codeableConcept') ?? {};
  const coded = coding.filter(({ code }) => code !== undefined);
  if (!coded.length) throw unfit('codeableConcept', 'codeableConcept has no coding with a code.');
  if (coded.length > mostCodings) {
    throw unfit('codeableConcept', `codeableConcept may have ${mostCodings} codings.`);
  }
  return [...new Map(coded.map((each) => [`${each.system}|${each.version}|${each.code}`, each])).values()];
}
