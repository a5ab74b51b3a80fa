import type { PersonsView } from '../view.ts';
import { ask } from './ask.ts';

/** The parts of FHIR resources that the pages on sharing read. */
export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly name?: string;
  readonly identifier?: readonly Identifier[];
  readonly partOf?: Reference;
  readonly target?: readonly Reference[];
  readonly agent?: readonly Agent[];
  readonly category?: readonly Concept[];
  readonly status?: string;
  readonly dateTime?: string;
  readonly provision?: Provision;
}

export interface Provision {
  readonly type?: string;
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly actor?: readonly { readonly role?: Concept; readonly reference?: Reference }[];
}

interface Agent {
  readonly type?: Concept;
  readonly role?: readonly Concept[];
  readonly who?: Reference;
}

interface Identifier {
  readonly system?: string;
  readonly value?: string;
}

interface Concept {
  readonly text?: string;
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[];
}

interface Reference {
  readonly reference?: string;
  readonly identifier?: Identifier;
}

interface Bundle {
  readonly entry?: readonly { readonly resource?: Resource }[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

const MOST_PAGES = 5;

/** All that a search (`Type?query`) finds, page by page. @throws ApiProblem */
export async function searchAll(view: PersonsView, query: string): Promise<readonly Resource[]> {
  const [type] = query.split('?');
  const found: Resource[] = [];
  let path: string | undefined = query;
  for (let page = 0; path !== undefined && page < MOST_PAGES; page++) {
    const bundle = (await ask(view, path)) as Bundle;
    found.push(...(bundle.entry ?? []).flatMap(({ resource }) => (resource ? [resource] : [])));
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    path = next && `${type}${new URL(next).search}`;
  }
  return found;
}

export const codeIn = (concept: Concept | undefined): string | undefined => concept?.coding?.[0]?.code;
