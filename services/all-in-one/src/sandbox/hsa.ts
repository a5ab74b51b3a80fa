/**
 * HSA-ids of the demo story: fictive, in the style of Inera's test catalogue. An HSA-id has no check digit, and its
 * prefix says nothing about the vårdgivare: all of these begin alike and belong to three legal actors.
 */
const id = (suffix: string): string => `TSTNMT2321000115-${suffix}`;

export const hsa = {
  region: id('RH00'),
  vardcentral: id('VC01'),
  sjukhus: id('SJ00'),
  avdelning: id('SJ03'),
  kommunHalsoOchSjukvard: id('KH00'),
  hemsjukvard: id('KH01'),
  kommunOmsorg: id('KO00'),
  hemtjanst: id('KO01'),
  bistand: id('KO02'),
  omarLind: id('P101'),
  evaStrand: id('P102'),
  lisaEk: id('P201'),
  majaBerg: id('P301'),
  svenDahl: id('P401'),
  ninaHolm: id('P402'),
} as const;
