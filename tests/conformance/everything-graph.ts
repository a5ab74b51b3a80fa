import { directoryOf, type generatedWorld, personOf, referencesIn } from './everything-world.ts';

type World = ReturnType<typeof generatedWorld>;

/** What may refer back, by the type of what is asked for. */
const back: Readonly<Record<string, readonly string[]>> = {
  CarePlan: ['CarePlan', 'Communication', 'Task'],
  CareTeam: ['CarePlan', 'CareTeam'],
};

/** Where it goes on from what is named, beside the directory. */
const further: readonly string[] = ['CareTeam>CareTeam', 'Goal>Condition'];

const typeOf = (key: string): string => key.split('/')[0] ?? '';

/** What comes with a plan or a team, said with sets: keys without its own. */
export function graphOf(world: World, root: string): string[] {
  const person = personOf(world.get(root) as never);
  const near = (key: string) => {
    const resource = world.get(key);
    return resource !== undefined && (personOf(resource) ?? person) === person;
  };
  const whole = wholeOf(world, root, near);
  const referring = [...world.keys()].filter(
    (key) =>
      back[typeOf(root)]?.includes(typeOf(key)) &&
      near(key) &&
      referencesIn(world.get(key) ?? {}).some(({ to }) => whole.has(to)),
  );
  const named = new Set([...referring, ...targetsOf(world, [...whole]).filter(near)]);
  const units = [...named].filter((key) => typeOf(key) === 'Organization');
  const services = [...world.keys()].filter(
    (key) =>
      typeOf(key) === 'HealthcareService' &&
      referencesIn(world.get(key) ?? {}).some(({ to }) => units.includes(to)),
  );
  const found = new Set([...whole, ...named, ...services]);
  for (const key of found) {
    for (const to of targetsOf(world, [key]))
      if (near(to) && further.includes(`${typeOf(key)}>${typeOf(to)}`)) found.add(to);
  }
  const all = new Set([...found, ...directoryOf(world, [...found])]);
  all.delete(root);
  return [...all];
}

/** A plan with its head and its parts, and so on. */
function wholeOf(world: World, root: string, near: (key: string) => boolean): Set<string> {
  const whole = new Set([root]);
  if (typeOf(root) !== 'CarePlan') return whole;
  const parts = [...world].flatMap(([key, resource]) =>
    referencesIn(resource).flatMap(({ to, partOf }) => (partOf ? [[key, to] as const] : [])),
  );
  for (const key of whole) {
    for (const [part, head] of parts) {
      if (part === key && near(head)) whole.add(head);
      if (head === key && near(part)) whole.add(part);
    }
  }
  return whole;
}

const targetsOf = (world: World, keys: readonly string[]): string[] =>
  keys.flatMap((key) => referencesIn(world.get(key) ?? {}).map(({ to }) => to));
