import type { PersonsView } from '../view.ts';
import { ask, ofPatient } from './ask.ts';

/** One who has read, in the words of the API. */
export interface Access {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly law: string | null;
  readonly emergency: boolean;
  /** The reader is the one who looks at the log. */
  readonly own: boolean;
}

export interface AccessLog {
  readonly accesses: readonly Access[];
  /** How many of the reader's own were passed over. */
  readonly passedOver: number;
  /** Token of the next page; null at the end. */
  readonly next: string | null;
}

interface Part {
  readonly name: string;
  readonly valueString?: string;
  readonly valueInstant?: string;
  readonly valueBoolean?: boolean;
  readonly valueUri?: string;
  readonly part?: readonly Part[];
}

const ON_A_PAGE = 20;
const ASKED = 50;
const MOST_ASKED = 10;

/**
 * A page of the log (PDL 2008:355 8 kap 5 §, SVOD 2022:913 4 kap 5 §). The person's own readings are passed over unless asked
 * for, since they would hide the others. @param after token of a page. @throws ApiProblem
 */
export async function loadAccessLog(
  view: PersonsView,
  { own, after }: { own: boolean; after: string | null },
): Promise<AccessLog> {
  const accesses: Access[] = [];
  let passedOver = 0;
  let next = after;
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    const query = next === null ? `_count=${own ? ON_A_PAGE : ASKED}` : `_page=${encodeURIComponent(next)}`;
    const body = (await ask(view, ofPatient(view, `/$atkomstlogg?${query}`))) as { parameter?: Part[] };
    const all = (body.parameter ?? []).flatMap(({ name, part }) =>
      name === 'access' && part ? [accessIn(part)] : [],
    );
    const shown = own ? all : all.filter((access) => !access.own);
    accesses.push(...shown);
    passedOver += all.length - shown.length;
    next = tokenIn(body.parameter?.find(({ name }) => name === 'next')?.valueUri);
    if (next === null || accesses.length >= ON_A_PAGE) break;
  }
  return { accesses, passedOver, next };
}

function accessIn(parts: readonly Part[]): Access {
  const text = (name: string) => parts.find((each) => each.name === name)?.valueString;
  const who = text('who') ?? '';
  return {
    at: parts.find(({ name }) => name === 'at')?.valueInstant ?? '',
    who,
    what: text('what') ?? '',
    why: text('why') ?? '',
    law: text('law') ?? null,
    emergency: parts.some(({ name, valueBoolean }) => name === 'emergency' && valueBoolean === true),
    own: who === 'Du',
  };
}

const tokenIn = (uri: string | undefined): string | null =>
  uri === undefined ? null : new URL(uri).searchParams.get('_page');
