import type { ContactPath } from './contact-path.ts';

/**
 * What somebody needs a contact for: `forsamring` the patient has got worse, `fraga` a question about the care, `behandling`
 * about medical treatment, `omsorg` about the help at home.
 */
export const needs = ['forsamring', 'fraga', 'behandling', 'omsorg'] as const;

export type Need = (typeof needs)[number];

/** A type of fast kontakt, `x` for types added since, or who is on duty behind one: `1-jour`; `jour` behind none of them. */
type Place = '1' | '2' | '3' | '4' | 'x' | '1-jour' | '2-jour' | '3-jour' | '4-jour' | 'x-jour' | 'jour';

/**
 * Who is asked first. A team on duty goes before the persons when somebody gets worse, since they may be on their way to other
 * patients; nobody in omsorg is asked about that as long as anybody in care answers.
 */
const orders: Readonly<Record<Need, readonly Place[]>> = {
  forsamring: ['1-jour', '4-jour', 'jour', 'x-jour', '2-jour', '1', '4', '2', 'x', '3-jour', '3'],
  fraga: ['4', '1', '4-jour', '1-jour', 'x', 'x-jour', 'jour', '2', '2-jour', '3', '3-jour'],
  behandling: ['2', '2-jour', '4', '1', '4-jour', '1-jour', 'x', 'x-jour', 'jour', '3', '3-jour'],
  omsorg: ['3', '3-jour', '1', '4', '1-jour', '4-jour', 'x', 'x-jour', 'jour', '2', '2-jour'],
};

/**
 * The paths in the order in which they are asked: those that the patient's plan names, in its order, when the need is
 * `forsamring`; then by the order of the need, a service of a unit after the unit's person; among equals the newest start
 * first (so also of two fasta läkarkontakter at different vårdgivare).
 */
export function inOrder(
  paths: readonly ContactPath[],
  need: Need,
  planned: readonly string[],
): ContactPath[] {
  const named = need === 'forsamring' ? planned : [];
  const rankOf = (path: ContactPath): number => {
    const at = named.indexOf(path.id);
    if (at >= 0) return at - named.length;
    return Math.min(...placesOf(path, paths).map((place) => orders[need].indexOf(place))) + afterPerson(path);
  };
  return paths
    .map((path) => ({ path, rank: rankOf(path) }))
    .sort((a, b) => a.rank - b.rank || byKindAndStart(a.path, b.path))
    .map(({ path }) => path);
}

/** After the person of the unit, and before who comes next: a unit has services for other patients too. */
const afterPerson = ({ kind }: ContactPath): number => (kind === 'tjanst' ? 0.5 : 0);

/** A team is on duty for the fasta kontakter that go via it, or are of its unit; a service of the unit comes after those. */
function placesOf(path: ContactPath, paths: readonly ContactPath[]): Place[] {
  if (path.kind === 'fast-kontakt') return [typeOf(path)];
  const { id, organisation } = path;
  const behind = paths.filter(
    (each) =>
      each.kind === 'fast-kontakt' &&
      (each.viaTeam === id || (organisation !== null && each.organisation === organisation)),
  );
  if (!behind.length) return ['jour'];
  return behind.map((each): Place => (path.kind === 'team' ? `${typeOf(each)}-jour` : typeOf(each)));
}

function typeOf({ typ }: ContactPath): '1' | '2' | '3' | '4' | 'x' {
  return typ === '1' || typ === '2' || typ === '3' || typ === '4' ? typ : 'x';
}

function byKindAndStart(one: ContactPath, other: ContactPath): number {
  if (one.kind !== other.kind) return one.kind === 'tjanst' ? 1 : other.kind === 'tjanst' ? -1 : 0;
  return compare(other.started ?? '', one.started ?? '') || compare(one.id, other.id);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
