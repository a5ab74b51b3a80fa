import { useState } from 'preact/hooks';
import type { Parameters } from '../../api/fhir.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { Problem } from '../../ui/error-summary.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { Check } from './check.tsx';
import { EmergencyOpened } from './emergency-opened.tsx';
import { InPlace } from './in-place.tsx';
import { operate } from './parameters.ts';
import { useSave } from './use-save.tsx';

export interface EmergencyFormProps {
  readonly patient: string;
  readonly onDone: () => void;
}

const shortestReason = 10;

/** Opens what others share in danger to life or health, for a while (SVOD 2022:913 3 kap 5-6 §§). */
export function EmergencyForm({ patient, onDone }: EmergencyFormProps) {
  const [reason, setReason] = useState('');
  const [isDanger, setDanger] = useState(false);
  const [isHere, setHere] = useState(false);
  const [opened, setOpened] = useState<Parameters | null>(null);
  const { busy, save, errorOf, summary } = useSave('Nödöppningen gick inte');

  const open = async () =>
    setOpened(
      await operate(patient, 'nodoppning', [
        { name: 'reason', valueString: reason.trim() },
        { name: 'dangerStated', valueBoolean: true },
        ...(isHere ? [{ name: 'relationAttested', valueBoolean: true }] : []),
      ]),
    );
  if (opened)
    return <EmergencyOpened patient={patient} reason={reason.trim()} opened={opened} onDone={onDone} />;
  const submit = (event: Event) => {
    event.preventDefault();
    save(open, missingOf(reason.trim(), isDanger));
  };
  return (
    <InPlace>
      <form class="nv-stack" onSubmit={submit} noValidate>
        {summary}
        <Callout kind="danger" title="Nödöppning">
          <p>
            Bara vid fara för liv eller allvarlig risk för hälsan, när samtycke inte går att få. Ange skäl.
            Öppningen granskas och syns för patienten.
          </p>
        </Callout>
        <TextArea
          name="nod-skal"
          label="Skäl"
          hint={`Minst ${shortestReason} tecken.`}
          rows={3}
          autocomplete="off"
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
          error={errorOf('nod-skal')}
        />
        <Check id="nod-fara" checked={isDanger} onChange={setDanger} error={errorOf('nod-fara')}>
          Det är fara för liv eller allvarlig risk för hälsan
        </Check>
        <Check
          id="nod-har"
          checked={isHere}
          onChange={setHere}
          hint="Behövs när din enhet inte har någon pågående kontakt med personen."
        >
          Jag har patienten hos mig nu
        </Check>
        <Button type="submit" kind="danger" busy={busy}>
          Öppna i nödläge
        </Button>
      </form>
    </InPlace>
  );
}

function missingOf(reason: string, isDanger: boolean): Problem[] {
  return [
    reason.length < shortestReason && {
      field: 'nod-skal',
      text: `Skriv skälet, med minst ${shortestReason} tecken.`,
    },
    !isDanger && {
      field: 'nod-fara',
      text: 'Intyga att det är fara för liv eller allvarlig risk för hälsan.',
    },
  ].filter((each) => each !== false);
}
