import { about, accessibility } from './pages/about.tsx';
import { accessLog } from './pages/access-log.tsx';
import { contactSheet } from './pages/contact-sheet.tsx';
import { goals } from './pages/goals.tsx';
import { printedPlan } from './pages/printed-plan.ts';
import { blocking, lifting } from './pages/sharing/block.tsx';
import { consenting } from './pages/sharing/consent.tsx';
import { sharing } from './pages/sharing/overview.tsx';
import { calendarFile, times } from './pages/times.tsx';
import { today } from './pages/today.tsx';
import { welcome } from './pages/welcome.tsx';
import { whoDoesWhat } from './pages/who-does-what.tsx';
import { whomToCall } from './pages/whom-to-call.tsx';
import { worse } from './pages/worse.tsx';
import { kinds, write, writing } from './pages/write.tsx';
import type { PersonsView, Route, View } from './view.ts';

type Routes<Of extends View> = Readonly<Record<string, Route<Of>>>;

/** For everybody. */
export const openRoutes: Routes<View> = {
  '/': { get: welcome },
  '/om': { get: about },
  '/tillganglighet': { get: accessibility },
};

/** For who is logged in. */
export const personsRoutes: Routes<PersonsView> = {
  '/': { get: today },
  '/ring': { get: whomToCall },
  '/samre': { get: worse },
  '/mal': { get: goals },
  '/vem': { get: whoDoesWhat },
  '/tider': { get: times },
  '/tider.ics': { get: calendarFile },
  '/logg': { get: accessLog },
  '/delning': { get: sharing },
  '/delning/samtycke': consenting,
  '/delning/sparra': blocking,
  '/delning/hav': lifting,
  '/skriv': { get: write },
  ...Object.fromEntries(kinds.map((kind) => [`/skriv/${kind}`, writing(kind)])),
  '/kontaktblad': { get: contactSheet },
  '/skriv-ut': { get: printedPlan },
};

export const isKnown = (path: string): boolean => path in openRoutes || path in personsRoutes;
