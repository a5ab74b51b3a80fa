import { useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import type { Problem } from '../../ui/error-summary.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Check } from './check.tsx';
import { InPlace } from './in-place.tsx';
import { operate, textOf } from './parameters.ts';
import { Refusal } from './problems-of.ts';
import { useSave } from './use-save.tsx';

export interface ConsentFormProps {
  readonly patient: string;
  readonly onDone: (recorded: Recorded) => void;
  readonly onCancel: () => void;
}

/** What the service says of an answer that it has recorded. */
export interface Recorded {
  readonly text: string;
  /** The person has not said no. */
  readonly opens: boolean;
}

const cannot = 'kan-inte-ta-stallning';

interface Given {
  readonly answer: string | null;
  /** That the person was told now what sharing means. */
  readonly isInformed: boolean;
  readonly isExplored: boolean;
  readonly isUnopposed: boolean;
  /** Date. */
  readonly end: string;
}

const unanswered: Given = {
  answer: null,
  isInformed: false,
  isExplored: false,
  isUnopposed: false,
  end: '',
};

const answers = [
  { value: 'ja', label: 'Ja, samtycker' },
  { value: 'nej', label: 'Nej' },
  { value: cannot, label: 'Kan inte ta ställning' },
];

const noRelation =
  'Din enhet har ingen registrerad kontakt med personen, så svaret kan inte antecknas. Enhetens journalsystem registrerar kontakten. Vid fara för liv kan en vårdgivare nödöppna.';

/** What the person answers, spoken, to the question on reading what others have written (SVOD 2022:913 3 kap 1-4 §§). */
export function ConsentForm({ patient, onDone, onCancel }: ConsentFormProps) {
  const [given, setGiven] = useState<Given>(unanswered);
  const informed = useRef(false);
  const { busy, save, errorOf, summary } = useSave('Svaret är inte sparat');
  const change = (changed: Partial<Given>) => setGiven({ ...given, ...changed });

  const record = async () => {
    if (given.isInformed && !informed.current) {
      await operate(patient, 'informera');
      informed.current = true;
    }
    const text = textOf(await operate(patient, 'samtycke', parametersOf(given)));
    onDone({ text, opens: given.answer !== 'nej' });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    save(() => record().catch(explained), missingOf(given));
  };
  return (
    <InPlace>
      <form class="nv-stack" onSubmit={submit} noValidate>
        {summary}
        <Choices
          legend="Får jag läsa vad andra har skrivit om din vård? Du kan säga nej."
          name="samtycke"
          hint="Läs upp frågan. Svaret antecknas som muntligt."
          options={answers}
          value={given.answer}
          onChange={(answer) => change({ answer })}
          error={errorOf('samtycke')}
        />
        {given.answer === cannot && <Finding given={given} onChange={change} errorOf={errorOf} />}
        <Check
          id="samtycke-information"
          checked={given.isInformed}
          onChange={(isInformed) => change({ isInformed })}
          hint="Bocka för om du gjorde det nu, så antecknas det."
        >
          Jag har berättat vad det innebär att uppgifter delas
        </Check>
        <Button type="submit" busy={busy}>
          Spara svaret
        </Button>
        <Button kind="quiet" busy={busy} onClick={onCancel}>
          Avbryt
        </Button>
      </form>
    </InPlace>
  );
}

const parametersOf = ({ answer, end }: Given) => [
  { name: 'answer', valueCode: answer ?? '' },
  ...(answer === cannot
    ? [
        { name: 'attitudeExplored', valueBoolean: true },
        { name: 'noReasonToThinkOpposed', valueBoolean: true },
        { name: 'end', valueDateTime: end },
      ]
    : [{ name: 'form', valueCode: 'muntligt' }]),
];

/** The service tells nothing about a person to whom the unit has no relation. */
function explained(cause: unknown): never {
  if (cause instanceof ApiProblem && cause.status === 404) throw new Refusal(noRelation);
  throw cause;
}

interface FindingProps {
  readonly given: Given;
  readonly onChange: (changed: Partial<Given>) => void;
  readonly errorOf: (field: string) => string | null;
}

/** What the law asks for of who cannot take a stand (SVOD 2022:913 3 kap 3-4 §§). */
const Finding = ({ given, onChange, errorOf }: FindingProps) => (
  <>
    <p>Det gäller bara den som varaktigt inte kan ta ställning. Lagen kräver att du intygar båda:</p>
    <Check
      id="samtycke-installning"
      checked={given.isExplored}
      onChange={(isExplored) => onChange({ isExplored })}
      error={errorOf('samtycke-installning')}
    >
      Inställningen är klarlagd så långt det går
    </Check>
    <Check
      id="samtycke-emot"
      checked={given.isUnopposed}
      onChange={(isUnopposed) => onChange({ isUnopposed })}
      error={errorOf('samtycke-emot')}
    >
      Inget tyder på att personen skulle ha sagt nej
    </Check>
    <TextField
      name="samtycke-slut"
      type="date"
      label="Gäller till och med"
      value={given.end}
      onInput={({ currentTarget }) => onChange({ end: currentTarget.value })}
      error={errorOf('samtycke-slut')}
    />
  </>
);

function missingOf({ answer, isExplored, isUnopposed, end }: Given): Problem[] {
  if (answer === null) return [{ field: 'samtycke', text: 'Välj vad personen svarade.' }];
  if (answer !== cannot) return [];
  return [
    !isExplored && { field: 'samtycke-installning', text: 'Intyga att inställningen är klarlagd.' },
    !isUnopposed && { field: 'samtycke-emot', text: 'Intyga att inget tyder på ett nej.' },
    end === '' && { field: 'samtycke-slut', text: 'Välj till vilken dag det gäller.' },
  ].filter((each) => each !== false);
}
