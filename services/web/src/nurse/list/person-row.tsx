import { Unbroken } from '../../ui/unbroken.tsx';
import type { ListedPerson } from '../data/person.ts';
import type { ListedVisit } from '../data/todays-list.ts';
import { patientPath } from '../router.ts';
import { ageWords, clockWords, dayWords } from '../words.ts';

const states: Readonly<Record<string, string>> = {
  planned: 'Planerat',
  arrived: 'På plats',
  'in-progress': 'Pågår',
  finished: 'Klart',
};

/** One row is one link: the whole of it can be touched. */
export function PersonRow({ person, saved }: { person: ListedPerson; saved: boolean }) {
  return (
    <li class="nv-person">
      <a class="nv-person-link" href={patientPath(person.id)}>
        <Who person={person} />
        <Saved saved={saved} />
      </a>
    </li>
  );
}

export function VisitRow({ visit, saved, now }: { visit: ListedVisit; saved: boolean; now: number }) {
  const { person, start, kind, status, reason } = visit;
  const day = dayWords(start, now);
  return (
    <li class="nv-person" data-status={status}>
      <a class="nv-person-link nv-person-visit" href={patientPath(person.id)}>
        <span class="nv-person-time">
          {day !== dayWords(new Date(now).toISOString(), now) && <span class="nv-person-day">{day} </span>}
          <time dateTime={start}>{clockWords(start)}</time>
        </span>
        <Who person={person} />
        <span>
          {kind}
          {reason && `: ${reason}`}
        </span>
        {states[status] && <span class="nv-tag">{states[status]}</span>}
        <Saved saved={saved} />
      </a>
    </li>
  );
}

function Who({ person }: { person: ListedPerson }) {
  const { name, born, address, protectedIdentity } = person;
  return (
    <span class="nv-person-who">
      <strong class="nv-person-name">{name}</strong>
      {protectedIdentity && <span class="nv-tag nv-tag-warning">Skyddade personuppgifter</span>}
      {born && (
        <span>
          född {born}, {ageWords(born, Date.now())}
        </span>
      )}
      {address && (
        <span>
          <Unbroken>{address}</Unbroken>
        </span>
      )}
    </span>
  );
}

const Saved = ({ saved }: { saved: boolean }) => (saved ? <span class="nv-tag">Nedladdad</span> : null);
