import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../../api/problem.ts';
import { type KeptPatient, vault } from '../../offline/index.ts';
import { Callout } from '../../ui/callout.tsx';
import { keepList, readList } from '../data/read-list.ts';
import type { SessionUser } from '../data/session.ts';
import { idsOf, type ListedVisit, partsOf, type TodaysList } from '../data/todays-list.ts';
import { useLoaded, useNow } from '../hooks.ts';
import { Title } from '../title.tsx';
import { TryAgain } from '../try-again.tsx';
import { sinceWords } from '../words.ts';
import { OfflineCard } from './offline-card.tsx';
import { PersonRow, VisitRow } from './person-row.tsx';
import { SearchForm } from './search-form.tsx';

/** Today's visits of the own unit, whom to be ready for at night, and the way to everybody else. */
export function ListPage({ user }: { readonly user: SessionUser }) {
  const now = useNow();
  const [shown, again] = useLoaded(user.unitHsaId, () => readList(user.unitHsaId));
  const [kept, readKept] = useKept();
  const list = shown.kind === 'loaded' ? shown.value.list : null;
  const saved: ReadonlySet<string> = new Set(kept.map(({ id }) => id));
  return (
    <div class="nv-list-page">
      <header>
        <Title tab="Dagens patienter">Dagens patienter</Title>
        <p class="nv-muted">{user.unit ?? 'Din enhet'}</p>
      </header>
      <SearchForm />
      {shown.kind === 'loading' && <p class="nv-loading">Hämtar listan …</p>}
      {shown.kind === 'failed' && <ListFailed cause={shown.cause} onAgain={again} />}
      {shown.kind === 'loaded' && (
        <>
          {shown.value.kept && <KeptNote list={shown.value.list} now={now} />}
          {shown.value.list && <Lists list={shown.value.list} saved={saved} now={now} />}
        </>
      )}
      <OfflineCard
        user={user}
        ids={list ? idsOf(list) : []}
        kept={kept}
        onChange={() => {
          void keepList();
          readKept();
          if (shown.kind !== 'loaded' || shown.value.kept) again();
        }}
      />
      {list && <Earlier visits={partsOf(list, now).earlier} saved={saved} now={now} />}
    </div>
  );
}

function Lists({ list, saved, now }: { list: TodaysList; saved: ReadonlySet<string>; now: number }) {
  const { coming, risk } = partsOf(list, now);
  return (
    <>
      <section aria-labelledby="besok">
        <h2 id="besok">Besök</h2>
        {list.visits.length === 0 && <p>Inga besök är planerade för din enhet.</p>}
        <Visits visits={coming} saved={saved} now={now} />
      </section>
      <section aria-labelledby="risk">
        <h2 id="risk">Kan behöva dig</h2>
        <p class="nv-muted">Har en plan för om de blir sämre, och din enhet bland kontakterna.</p>
        {risk.length === 0 && <p>Ingen utöver besöken just nu.</p>}
        <ul class="nv-people">
          {risk.map((person) => (
            <PersonRow key={person.id} person={person} saved={saved.has(person.id)} />
          ))}
        </ul>
      </section>
      {!list.complete && <p>Det finns fler än vad som får plats här. Sök efter den du inte ser.</p>}
    </>
  );
}

/** What has been: below all that is still to do. */
const Earlier = (props: VisitsProps) =>
  props.visits.length === 0 ? null : (
    <section aria-labelledby="tidigare">
      <h2 id="tidigare">Tidigare besök</h2>
      <Visits {...props} />
    </section>
  );

interface VisitsProps {
  readonly visits: readonly ListedVisit[];
  /** Ids of the patients on the telephone. */
  readonly saved: ReadonlySet<string>;
  readonly now: number;
}

const Visits = ({ visits, saved, now }: VisitsProps) => (
  <ul class="nv-people">
    {visits.map((visit) => (
      <VisitRow key={visit.reference} visit={visit} saved={saved.has(visit.person.id)} now={now} />
    ))}
  </ul>
);

function KeptNote({ list, now }: { list: TodaysList | null; now: number }) {
  if (list) return <p class="nv-muted">Listan hämtades {sinceWords(list.at, now)}.</p>;
  return (
    <Callout kind="info" title="Ingen lista på telefonen">
      <p>Har du laddat ner planer i dag låser du upp dem här nedanför. Annars behöver du täckning.</p>
    </Callout>
  );
}

function ListFailed({ cause, onAgain }: { cause: unknown; onAgain: () => void }) {
  const text = cause instanceof ApiProblem ? cause.text : 'Något gick fel.';
  return (
    <TryAgain kind="danger" title="Listan kunde inte hämtas" onAgain={onAgain}>
      <p>{text}</p>
    </TryAgain>
  );
}

function useKept(): readonly [kept: readonly KeptPatient[], again: () => void] {
  const [round, setRound] = useState(0);
  const [kept, setKept] = useState<readonly KeptPatient[]>([]);
  useEffect(() => {
    vault.patients().then(setKept, () => setKept([]));
  }, [round]);
  return [kept, () => setRound((before) => before + 1)];
}
