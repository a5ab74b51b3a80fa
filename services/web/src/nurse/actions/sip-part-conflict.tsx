import type { ComponentChildren } from 'preact';
import type { CarePlan } from '../../api/fhir.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { InPlace } from './in-place.tsx';
import { hasSameActivities, type Line, linesOf, statusWords } from './sip-part.ts';

export interface SipPartConflictProps {
  /** As it was when the nurse began to write. */
  readonly read: CarePlan;
  /** As it is now. */
  readonly current: CarePlan;
  /** What the nurse changed. */
  readonly mine: readonly Line[];
  readonly busy: boolean;
  /** Why the choice was not saved. */
  readonly summary: ComponentChildren;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** Somebody else has changed the same part meanwhile: both versions, and the choice between them. */
export function SipPartConflict(props: SipPartConflictProps) {
  const { read, current, mine, busy, summary, onMine, onTheirs } = props;
  const isMendable = hasSameActivities(read, current);
  const now = new Map(linesOf(current).map((each) => [each.index, each]));
  return (
    <InPlace>
      {summary}
      <Callout kind="warning" title="Någon annan har ändrat er del medan du skrev" role="alert">
        <p>
          {isMendable
            ? 'Jämför och välj vad som ska gälla. Det andra som ändrats står kvar.'
            : 'Insatserna är inte längre desamma. Din text står här, så att du kan skriva om den.'}
        </p>
      </Callout>
      {isMendable ? (
        mine.map((line) => (
          <div key={line.index} class="nv-versions">
            <Version title="Sparat nu" line={now.get(line.index)} />
            <Version title="Det du skrev" line={line} />
          </div>
        ))
      ) : (
        <div class="nv-versions">
          <section>
            <h3>Sparat nu</h3>
            {linesOf(current).map((line) => (
              <Words key={line.index} line={line} />
            ))}
          </section>
          <section>
            <h3>Det du skrev</h3>
            {mine.map((line) => (
              <Words key={line.index} line={line} />
            ))}
          </section>
        </div>
      )}
      {isMendable && (
        <Button busy={busy} onClick={onMine}>
          Spara min text
        </Button>
      )}
      <Button kind="secondary" onClick={onTheirs}>
        Behåll det som är sparat
      </Button>
    </InPlace>
  );
}

const Version = ({ title, line }: { title: string; line: Line | undefined }) => (
  <section>
    <h3>{title}</h3>
    {line && <Words line={line} />}
  </section>
);

const Words = ({ line }: { line: Line }) => (
  <>
    <p class="nv-text">{line.description}</p>
    <p class="nv-muted">{statusWords[line.status] ?? line.status}</p>
  </>
);
