import { useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { NoConnection } from '../data/api.ts';
import { type Found, findPeople } from '../data/search.ts';
import { noAnswer } from '../no-answer.ts';
import { patientPath } from '../router.ts';
import { PersonRow } from './person-row.tsx';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'failed'; readonly text: string };

const leastLetters = 2;

/** By name or personnummer. What is typed stands in no address and is not kept. */
export function SearchForm() {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [typed, setTyped] = useState('');
  const running = useRef<AbortController | null>(null);

  const search = async (event: Event) => {
    event.preventDefault();
    running.current?.abort();
    if (typed.trim().length < leastLetters) {
      setState({ kind: 'failed', text: 'Skriv minst två bokstäver av namnet, eller hela personnumret.' });
      return;
    }
    running.current = new AbortController();
    const { signal } = running.current;
    setState({ kind: 'searching' });
    try {
      const found = await findPeople(typed, signal);
      if (!signal.aborted) setState({ kind: 'found', found });
    } catch (cause) {
      if (!signal.aborted) setState({ kind: 'failed', text: wordsFor(cause) });
    }
  };

  return (
    <search class="nv-search">
      <form onSubmit={search}>
        <label for="sok">Sök namn eller personnummer</label>
        <div class="nv-search-line">
          <input
            id="sok"
            class="ds-input"
            type="search"
            autocomplete="off"
            autocapitalize="words"
            spellcheck={false}
            value={typed}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              if (currentTarget.value === '') setState({ kind: 'idle' });
            }}
          />
          <Button kind="secondary" type="submit">
            Sök
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        <Answer state={state} />
      </div>
    </search>
  );
}

function Answer({ state }: { state: State }) {
  if (state.kind === 'idle') return null;
  if (state.kind === 'searching') return <p class="nv-loading">Söker …</p>;
  if (state.kind === 'failed') return <p class="nv-error">{state.text}</p>;
  const { found } = state;
  if (found.kind === 'people') {
    return (
      <ul class="nv-people" aria-label="Träffar">
        {found.people.map((person) => (
          <PersonRow key={person.id} person={person} saved={false} />
        ))}
      </ul>
    );
  }
  if (found.kind === 'nobody') {
    return <p>Ingen träff bland dem du får se. Sök på hela personnumret om du möter personen nu.</p>;
  }
  return (
    <Callout kind="info" title="Personen finns, men du har inte rätt att läsa">
      <p>Gå vidare för att se vad som går att göra.</p>
      <a class="ds-button nv-button" data-variant="primary" href={patientPath(found.id)}>
        Gå vidare
      </a>
    </Callout>
  );
}

function wordsFor(cause: unknown): string {
  if (cause instanceof NoConnection) return `${noAnswer()}. Sök igen om en stund, eller välj ur listan.`;
  return cause instanceof ApiProblem ? cause.text : 'Sökningen gick inte. Försök igen.';
}
