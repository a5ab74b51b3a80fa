import { type Access, loadAccessLog } from '../data/access-log.ts';
import { nameOfPerson } from '../data/person.ts';
import { datesIn } from '../dates.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { ActsFor } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** Who has read (PDL 2008:355 8 kap 5 §), day by day, without staff names and in the words of the API. */
export async function accessLog(view: PersonsView): Promise<Content> {
  const { texts, request } = view;
  const words = texts.logg;
  const own = request.query.get('egna') === 'ja';
  const after = request.query.get('sida');
  const [log, person] = await Promise.all([loadAccessLog(view, { own, after }), nameOfPerson(view)]);
  const kept: Record<string, string> = own ? { egna: 'ja' } : {};
  return {
    page: 'logg',
    title: texts.titles.logg,
    person,
    body: (
      <>
        <Top title={texts.titles.logg} lead={words.lead} />
        <ActsFor view={view} person={person} />
        {log.accesses.length === 0 && (
          <p>{after === null && log.next === null ? words.nothing : words.nothingHere}</p>
        )}
        {byDay(log.accesses, datesIn(view).daysAway).map(([day, accesses]) => (
          <Section key={day} title={datesIn(view).day(accesses[0]?.at ?? '')}>
            <ol class="nv-log" lang="sv" dir="ltr">
              {accesses.map((access, at) => (
                <Entry key={at} view={view} access={access} />
              ))}
            </ol>
          </Section>
        ))}
        {log.accesses.some(({ law }) => law !== null) && <p class="nv-muted">{words.lawMeans}</p>}
        {log.accesses.some(({ emergency }) => emergency) && <p>{words.emergencyMeans}</p>}
        <p class="nv-paging nv-no-print">
          {after !== null && <a href={href('/logg', kept)}>{words.newest}</a>}
          {log.next !== null && <a href={href('/logg', { ...kept, sida: log.next })}>{words.older}</a>}
        </p>
        {log.passedOver > 0 && <p>{words.own(log.passedOver)}</p>}
        <p class="nv-no-print">
          <a href={href('/logg', own ? {} : { egna: 'ja' })}>{own ? words.hideOwn : words.showOwn}</a>
        </p>
        <Section title={words.wrong} lead={words.wrongLead}>
          <Tools texts={texts} />
        </Section>
      </>
    ),
  };
}

function Entry({ view, access }: { view: PersonsView; access: Access }) {
  const words = view.texts.logg;
  return (
    <li class={access.emergency ? 'nv-log-emergency' : undefined}>
      {access.emergency && <p class="nv-log-mark">{words.emergency}</p>}
      <p>
        <time dateTime={access.at}>{datesIn(view).clock(access.at)}</time> <strong>{access.who}</strong>{' '}
        {access.what}.
      </p>
      <p class="nv-muted">
        {words.why}: {access.why}.{access.law !== null && ` ${words.law}: ${access.law}.`}
      </p>
    </li>
  );
}

const byDay = (accesses: readonly Access[], dayOf: (when: string) => number): [number, Access[]][] => [
  ...Map.groupBy(accesses, ({ at }) => dayOf(at)),
];
