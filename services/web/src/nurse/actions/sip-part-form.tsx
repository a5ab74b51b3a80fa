import { useState } from 'preact/hooks';
import type { CarePlan } from '../../api/fhir.ts';
import type { PlanInForce } from '../../api/plan.ts';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { Problem } from '../../ui/error-summary.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { NoConnection } from '../data/api.ts';
import { useLoaded, useOnline } from '../hooks.ts';
import { changedLines, type Line, linesOf, readPart, savePart, statusWords } from './sip-part.ts';
import { SipPartConflict } from './sip-part-conflict.tsx';
import { useSave } from './use-save.tsx';

export interface SipPartFormProps {
  readonly part: PlanInForce['parts'][number];
  readonly onDone: () => void;
}

/** Changes the own organisation's part of a SIP; never without coverage, since somebody else may change it meanwhile. */
export function SipPartForm({ part, onDone }: SipPartFormProps) {
  const online = useOnline();
  const [kept, setKept] = useState<CarePlan | null>(null);
  const [read, again] = useLoaded(part.reference, async (signal) => {
    const found = await readPart(part.reference, signal);
    // What is being written is not replaced when the network comes back.
    setKept((before) => before ?? found);
    return found;
  });
  if (kept) return <Editing part={kept} onDone={onDone} />;
  if (read.kind === 'failed') {
    const isOffline = !online || read.cause instanceof NoConnection;
    const title = isOffline
      ? 'Du kan ändra när du har täckning igen'
      : read.cause instanceof ApiProblem
        ? read.cause.text
        : 'Er del kunde inte hämtas.';
    return (
      <Callout kind="info" title={title}>
        <Button kind="secondary" onClick={again}>
          Försök igen
        </Button>
      </Callout>
    );
  }
  return <p class="nv-loading">Hämtar er del …</p>;
}

function Editing({ part, onDone }: { part: CarePlan; onDone: () => void }) {
  const [lines, setLines] = useState<readonly Line[]>(() => linesOf(part));
  const [current, setCurrent] = useState<CarePlan | null>(null);
  const { busy, save, isGone, errorOf, summary } = useSave('Er del är inte sparad');

  /** Onto the version that is given; a newer one is shown beside what was written. */
  const write = async (onto: CarePlan) => {
    try {
      await savePart(onto, changedLines(part, lines));
    } catch (cause) {
      const isOlder = cause instanceof ApiProblem && cause.status === 412;
      if (!isOlder || isGone()) throw cause;
      setCurrent(await readPart(`CarePlan/${part.id}`));
      return;
    }
    onDone();
  };
  if (current) {
    return (
      <SipPartConflict
        read={part}
        current={current}
        mine={changedLines(part, lines)}
        busy={busy}
        summary={summary}
        onMine={() => save(() => write(current))}
        onTheirs={onDone}
      />
    );
  }
  if (lines.length === 0) return <p>Er del har inga insatser att ändra.</p>;
  const submit = (event: Event) => {
    event.preventDefault();
    save(() => write(part), missingOf(lines));
  };
  const change = (changed: Line) =>
    setLines(lines.map((each) => (each.index === changed.index ? changed : each)));
  return (
    <form class="nv-stack" onSubmit={submit} noValidate>
      {summary}
      {lines.map((line, place) => (
        <OneLine
          key={line.index}
          line={line}
          number={lines.length > 1 ? place + 1 : null}
          error={errorOf(idOf(line))}
          onChange={change}
        />
      ))}
      <Button type="submit" busy={busy}>
        Spara er del
      </Button>
    </form>
  );
}

const idOf = ({ index }: Line): string => `insats-${index}`;

interface OneLineProps {
  readonly line: Line;
  /** Null when it is the only one. */
  readonly number: number | null;
  readonly error: string | null;
  readonly onChange: (line: Line) => void;
}

function OneLine({ line, number, error, onChange }: OneLineProps) {
  const id = idOf(line);
  const which = number === null ? '' : ` ${number}`;
  // A status that nobody chooses here stays choosable where it stands.
  const statuses = { [line.status]: line.status, ...statusWords };
  return (
    <>
      <TextArea
        name={id}
        label={`Insats${which}`}
        autocomplete="off"
        value={line.description}
        onInput={({ currentTarget }) => onChange({ ...line, description: currentTarget.value })}
        error={error}
      />
      <Field id={`${id}-lage`} label={`Läge för insats${which}`}>
        {(control) => (
          <select
            {...control}
            class="ds-input"
            value={line.status}
            onChange={({ currentTarget }) =>
              onChange({ ...line, status: currentTarget.value as Line['status'] })
            }
          >
            {Object.entries(statuses).map(([value, word]) => (
              <option key={value} value={value} selected={value === line.status}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

const missingOf = (lines: readonly Line[]): Problem[] =>
  lines.flatMap((line) =>
    line.description.trim() === '' ? [{ field: idOf(line), text: 'Skriv vad ni gör.' }] : [],
  );
