import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Choices } from '../../ui/choices.tsx';
import type { Problem } from '../../ui/error-summary.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { InPlace } from './in-place.tsx';
import { operate, textOf } from './parameters.ts';
import { useSave } from './use-save.tsx';

export interface WrongNumberFormProps {
  /** `Type/id` of whom the number leads to. */
  readonly about: string;
  readonly patient: string;
  readonly onDone: () => void;
}

const faults = ['Numret går inte fram.', 'Någon annan svarar.', 'Ingen svarar under tiden som står.'];
const other = 'annat';
const longest = 1800;

/** That a number leads wrong, for all who read the plan. */
export function WrongNumberForm({ about, patient, onDone }: WrongNumberFormProps) {
  const [fault, setFault] = useState<string | null>(null);
  const [more, setMore] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const { busy, save, errorOf, summary } = useSave('Det är inte skickat');

  const report = async () => {
    const text = [fault === other ? '' : fault, more.trim()].filter(Boolean).join(' ');
    const answered = await operate(patient, 'meddelande', [
      { name: 'kind', valueCode: 'fel-nummer' },
      { name: 'text', valueString: text },
      { name: 'about', valueReference: { reference: about } },
    ]);
    setSaid(textOf(answered));
  };
  if (said !== null) {
    return (
      <InPlace>
        <Callout kind="success" title={said} role="status">
          <Button onClick={onDone}>Klart</Button>
        </Callout>
      </InPlace>
    );
  }
  const submit = (event: Event) => {
    event.preventDefault();
    save(report, missingOf(fault, more.trim()));
  };
  return (
    <form class="nv-stack" onSubmit={submit} noValidate>
      {summary}
      <Choices
        legend="Vad är fel?"
        name="nummer-fel"
        options={[...faults.map((each) => ({ value: each, label: each })), { value: other, label: 'Annat' }]}
        value={fault}
        onChange={setFault}
        error={errorOf('nummer-fel')}
      />
      <TextArea
        name="nummer-mer"
        label="Vilket nummer, och vad hände?"
        hint={fault === other ? undefined : 'Du kan lämna det tomt.'}
        rows={3}
        autocomplete="off"
        maxLength={longest}
        value={more}
        onInput={({ currentTarget }) => setMore(currentTarget.value)}
        error={errorOf('nummer-mer')}
      />
      <Button type="submit" busy={busy}>
        Skicka
      </Button>
    </form>
  );
}

function missingOf(fault: string | null, more: string): Problem[] {
  if (fault === null) return [{ field: 'nummer-fel', text: 'Välj vad som är fel.' }];
  return fault === other && more === '' ? [{ field: 'nummer-mer', text: 'Skriv vad som är fel.' }] : [];
}
