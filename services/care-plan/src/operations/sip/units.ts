import { bad, textOf } from '@naravard/rest';
import type { Transaction } from '@naravard/store';
import { hsaIdOf } from './invitations.ts';
import type { Unit } from './meeting.ts';

interface Organization {
  readonly name?: string;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

/** Organizations of the directory by reference. @throws Problem 'bad-request' for one that is not there or has no HSA-id */
export async function unitsOf(
  transaction: Transaction,
  parameter: string,
  references: readonly string[],
): Promise<Unit[]> {
  const units: Unit[] = [];
  for (const reference of references) {
    const stored = await transaction.read('Organization', reference.replace('Organization/', ''));
    const { name, identifier = [] } = (
      stored && !stored.deleted ? JSON.parse(textOf(stored)) : {}
    ) as Organization;
    const hsaId = identifier.map((each) => hsaIdOf({ identifier: each })).find((each) => each !== undefined);
    if (hsaId === undefined) throw bad(parameter, 'Name Organizations of the directory that have an HSA-id.');
    units.push({ reference, hsaId, name: name ?? hsaId });
  }
  return units;
}
