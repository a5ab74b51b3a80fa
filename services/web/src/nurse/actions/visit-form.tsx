import { useRef, useState } from 'preact/hooks';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import type { Problem } from '../../ui/error-summary.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { videoHostIn } from '../../ui/video-link.tsx';
import { NoConnection } from '../data/api.ts';
import { create } from './create.ts';
import { fieldOf, instantOf } from './swedish-time.ts';
import { useSave } from './use-save.tsx';
import { encounterOf, usualKind, type Visited, type VisitKind, visitKinds } from './visit.ts';
import { currentUser } from './who.ts';

export interface VisitFormProps {
  readonly patient: string;
  readonly plan: SamordnadPlan;
  readonly onDone: () => void;
}

const longestNote = 2000;

/** A visit that has been made. Saved as it opens, it says that the usual kind of visit was made now. */
export function VisitForm({ patient, plan, onDone }: VisitFormProps) {
  const [written, setWritten] = useState<Written>(() => ({
    kind: usualKind(plan),
    time: null,
    note: '',
    link: '',
  }));
  const { busy, save, errorOf, summary, lock } = useSave('Besöket är inte sparat', plan.patient.name);
  // One visit at one time, however often it is sent.
  const { current: id } = useRef(crypto.randomUUID());
  const { current: unsure } = useRef(new Set<string>());
  const now = useRef<Time | null>(null);
  const change = (changed: Partial<Written>) => setWritten({ ...written, ...changed });
  const { kind, time, note } = written;

  const submit = (event: Event) => {
    event.preventDefault();
    const link = kind === 'videokontakt' ? written.link.trim() : '';
    now.current ??= timeNow();
    const at = time ?? now.current;
    const visited = { id, patient, kind, link, start: instantOf(at.start), end: instantOf(at.end) };
    save(async () => {
      await register({ ...visited, note: note.trim() }, unsure);
      onDone();
    }, faultsOf(visited));
  };
  return (
    <>
      <form class="nv-stack" onSubmit={submit} noValidate>
        {summary}
        <Choices
          legend="Vad gjorde du?"
          name="besok-slag"
          options={Object.entries(visitKinds).map(([value, { display }]) => ({ value, label: display }))}
          value={kind}
          onChange={(value) => change({ kind: value as VisitKind })}
        />
        {kind === 'videokontakt' && (
          <LinkField
            link={written.link}
            onChange={(link) => change({ link })}
            error={errorOf('besok-lank')}
          />
        )}
        <NoteField note={note} onChange={(changed) => change({ note: changed })} />
        <TimeFields time={time} onChange={(changed) => change({ time: changed })} errorOf={errorOf} />
        <Button type="submit" busy={busy}>
          Spara besöket
        </Button>
      </form>
      {lock}
    </>
  );
}

interface Written {
  readonly kind: VisitKind;
  /** Null of a visit now. */
  readonly time: Time | null;
  readonly note: string;
  readonly link: string;
}

async function register(visited: Omit<Visited, 'user'>, unsure: Set<string>): Promise<void> {
  const user = await currentUser();
  if (!user) throw new NoConnection();
  const { id, patient, kind } = visited;
  const body = encounterOf({ ...visited, user });
  await create({ id, path: 'Encounter', body, about: patient, label: visitKinds[kind].display }, unsure);
}

interface LinkFieldProps {
  readonly link: string;
  readonly onChange: (link: string) => void;
  readonly error: string | null;
}

const LinkField = ({ link, onChange, error }: LinkFieldProps) => (
  <TextField
    name="besok-lank"
    type="url"
    label="Länk till videosamtalet"
    hint="Du kan lämna det tomt."
    autocomplete="off"
    value={link}
    onInput={({ currentTarget }) => onChange(currentTarget.value)}
    error={error}
  />
);

const NoteField = ({ note, onChange }: { note: string; onChange: (note: string) => void }) => (
  <TextArea
    name="besok-anteckning"
    label="Anteckning"
    hint="Syns för patienten och för dem som får läsa planen. Du kan lämna det tomt."
    rows={3}
    autocomplete="off"
    maxLength={longestNote}
    value={note}
    onInput={({ currentTarget }) => onChange(currentTarget.value)}
  />
);

/** As the fields hold it: the clock in Sweden. */
interface Time {
  readonly start: string;
  readonly end: string;
}

function timeNow(): Time {
  const now = fieldOf(Date.now());
  return { start: now, end: now };
}

interface TimeFieldsProps {
  readonly time: Time | null;
  readonly onChange: (time: Time) => void;
  readonly errorOf: (field: string) => string | null;
}

function TimeFields({ time, onChange, errorOf }: TimeFieldsProps) {
  if (!time) {
    return (
      <p class="nv-when-line">
        <span>Tid: nu</span>
        <Button kind="quiet" onClick={() => onChange(timeNow())}>
          Ändra tiden
        </Button>
      </p>
    );
  }
  return (
    <>
      <TextField
        name="besok-start"
        type="datetime-local"
        label="Började"
        value={time.start}
        onInput={({ currentTarget }) => onChange({ ...time, start: currentTarget.value })}
        error={errorOf('besok-start')}
      />
      <TextField
        name="besok-slut"
        type="datetime-local"
        label="Slutade"
        value={time.end}
        onInput={({ currentTarget }) => onChange({ ...time, end: currentTarget.value })}
        error={errorOf('besok-slut')}
      />
    </>
  );
}

/** What a clock that is a little ahead may show. */
const leewayMs = 60_000;

function faultsOf({ start, end, link }: Pick<Visited, 'start' | 'end' | 'link'>): Problem[] {
  const now = Date.now() + leewayMs;
  return [
    link !== '' &&
      videoHostIn(link) === undefined && {
        field: 'besok-lank',
        text: 'Skriv hela länken. Den börjar med https://',
      },
    !(start <= now) && {
      field: 'besok-start',
      text: 'Skriv när besöket började. Det kan inte vara senare än nu.',
    },
    !(end >= start && end <= now) && {
      field: 'besok-slut',
      text: 'Skriv när besöket slutade. Det är efter att det började, och inte senare än nu.',
    },
  ].filter((each) => each !== false);
}
