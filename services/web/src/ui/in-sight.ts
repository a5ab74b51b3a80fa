import { createContext } from 'preact';

/** Whether the page around is shown at present: one that is covered shows no dialog, which would lie above what covers it. */
export const InSight = createContext(true);
