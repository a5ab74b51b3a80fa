import { useState } from 'preact/hooks';
import type { Identifier, Parameters } from '../../api/fhir.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { clockWords } from '../words.ts';
import { InPlace } from './in-place.tsx';
import { operate, textOf } from './parameters.ts';
import { useSave } from './use-save.tsx';

interface Holder {
  readonly name: string;
  readonly organisation: Identifier;
}

export interface EmergencyOpenedProps {
  readonly patient: string;
  readonly reason: string;
  /** The answer of `$nodoppning`. */
  readonly opened: Parameters;
  readonly onDone: () => void;
}

/** What a nödöppning opened, until when, and whom to ask for what is blocked. */
export function EmergencyOpened({ patient, reason, opened, onDone }: EmergencyOpenedProps) {
  const holders = holdersIn(opened, 'holder');
  const blockers = holdersIn(opened, 'blocker');
  const { parameter = [] } = opened;
  const expires = parameter.find(({ name }) => name === 'expires')?.valueInstant;
  return (
    <InPlace>
      <Callout
        kind="success"
        title={expires ? `Öppnat till kl. ${clockWords(expires)}` : 'Öppnat'}
        role="status"
      >
        <p>{textOf(opened)}</p>
        {holders.length === 0 ? (
          <p>Ingen annan har uppgifter som går att öppna.</p>
        ) : (
          <>
            <p>Du kan nu läsa vad de här har skrivit:</p>
            <ul class="nv-list">
              {holders.map(({ name }) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </>
        )}
      </Callout>
      {blockers.map((each) => (
        <Blocked key={each.name} patient={patient} reason={reason} blocker={each} />
      ))}
      <Button onClick={onDone}>Visa planen</Button>
    </InPlace>
  );
}

/** A nödöppning never opens what is blocked: who has blocked is asked (SVOD 2022:913 3 kap 5 §). */
function Blocked({ patient, reason, blocker }: { patient: string; reason: string; blocker: Holder }) {
  const [said, setSaid] = useState<string | null>(null);
  const { busy, save, summary } = useSave('Begäran är inte skickad');
  const ask = async () =>
    setSaid(
      textOf(
        await operate(patient, 'begar-havning', [
          { name: 'organisation', valueIdentifier: blocker.organisation },
          { name: 'reason', valueString: reason },
        ]),
      ),
    );
  return (
    <Callout kind="warning" title={`Spärrat hos ${blocker.name}`}>
      {summary}
      {said === null ? (
        <>
          <p>Be dem häva spärren. Ring också om det är bråttom.</p>
          <Button kind="secondary" busy={busy} onClick={() => save(ask)}>
            Be {blocker.name} häva spärren
          </Button>
        </>
      ) : (
        <p role="status">{said}</p>
      )}
    </Callout>
  );
}

const holdersIn = ({ parameter = [] }: Parameters, name: 'holder' | 'blocker'): Holder[] =>
  parameter.flatMap((each) => {
    if (each.name !== name) return [];
    const said = (of: string) => each.part?.find((part) => part.name === of);
    const organisation = said('organisation')?.valueIdentifier;
    return organisation ? [{ organisation, name: said('display')?.valueString ?? '' }] : [];
  });
