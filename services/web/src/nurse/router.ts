import { useEffect, useState } from 'preact/hooks';

export const tabs = ['nu', 'plan', 'kontakter', 'besok'] as const;
export type Tab = (typeof tabs)[number];

export type Route =
  | { readonly kind: 'list' }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'patient'; readonly id: string; readonly tab: Tab }
  | { readonly kind: 'unknown' };

/** http://hl7.org/fhir/R4/datatypes.html#id; never a step up in an address. */
const idForm = /^(?!\.+$)[A-Za-z0-9.-]{1,64}$/;

export function routeOf(path: string): Route {
  const [first = '', id, tab = 'nu', ...rest] = path
    .replace(/^\/nurse\/?/, '')
    .split('/')
    .filter(Boolean);
  if (first === '') return { kind: 'list' };
  if (first === 'nummer' && id === undefined) return { kind: 'numbers' };
  const isTab = (tabs as readonly string[]).includes(tab) && rest.length === 0;
  return first === 'patient' && id && idForm.test(id) && isTab
    ? { kind: 'patient', id, tab: tab as Tab }
    : { kind: 'unknown' };
}

export const patientPath = (id: string, tab: Tab = 'nu'): string =>
  `/nurse/patient/${id}${tab === 'nu' ? '' : `/${tab}`}`;

const moved = 'nv-moved';

let moves = 0;

/** Whether the page shown is another than the one that was loaded. */
export const hasMoved = (): boolean => moves > 0;

function goTo(path: string): void {
  moves += 1;
  history.pushState(null, '', path);
  scrollTo(0, 0);
  dispatchEvent(new Event(moved));
}

const addressNow = (): string => location.pathname + location.search;

/** The route of the address; links of this client are followed without loading the page again. */
export function useRoute(): Route {
  const [address, setAddress] = useState(addressNow);
  useEffect(() => {
    const follow = () => setAddress(addressNow());
    addEventListener('popstate', follow);
    addEventListener(moved, follow);
    document.addEventListener('click', followLink);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener(moved, follow);
      document.removeEventListener('click', followLink);
    };
  }, []);
  return routeOf(address.replace(/\?.*/s, ''));
}

/** Addresses of the server part: they are no pages of the client. */
const served = /^\/nurse\/(login|logout|callback|api|session)/;

function followLink(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.download)
    return;
  const { origin, pathname, hash } = new URL(link.href, location.href);
  if (origin !== location.origin || !pathname.startsWith('/nurse/') || served.test(pathname) || hash) return;
  event.preventDefault();
  goTo(pathname);
}
