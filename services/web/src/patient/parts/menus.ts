import type { PageKey } from '../view.ts';

/** The pages of the main menu, in the order of how soon they are needed. */
export const mainMenu = [
  ['idag', '/'],
  ['ring', '/ring'],
  ['samre', '/samre'],
  ['tider', '/tider'],
  ['vem', '/vem'],
  ['mal', '/mal'],
  ['skriv', '/skriv'],
] as const satisfies readonly (readonly [PageKey, string])[];

export const moreMenu = [
  ['delning', '/delning'],
  ['logg', '/logg'],
  ['kontaktblad', '/kontaktblad'],
  ['skrivUt', '/skriv-ut'],
  ['om', '/om'],
  ['tillganglighet', '/tillganglighet'],
] as const satisfies readonly (readonly [PageKey, string])[];
