import type { PersonsView } from '../view.ts';
import { ask, ofPatient } from './ask.ts';

interface Patient {
  readonly name?: readonly {
    readonly text?: string;
    readonly given?: readonly string[];
    readonly family?: string;
  }[];
}

/** Whose page it is where no plan tells: a guardian's own name is not the child's. @throws ApiProblem */
export async function nameOfPerson(view: PersonsView): Promise<string | null> {
  if (!view.user.actsFor) return view.user.name;
  const { name: [name = {}] = [] } = (await ask(view, ofPatient(view))) as Patient;
  return name.text ?? ([...(name.given ?? []), name.family].filter(Boolean).join(' ') || null);
}
