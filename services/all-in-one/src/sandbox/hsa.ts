/**
 * HSA-ids of the demo story: fictive, in the style of Inera's test catalogue. An HSA-id has no check digit, and its
 * prefix says nothing about the vårdgivare: all of these begin alike and belong to four legal actors.
 */
const id = (suffix: string): string => `TSTNMT2321000115-${suffix}`;

export const hsa = {
  region: id('RH00'),
  vardcentral: id('VC01'),
  sjukhus: id('SJ00'),
  avdelning: id('SJ03'),
  psykiatri: id('PS01'),
  beroende: id('PS02'),
  ambulans: id('AM01'),
  informationssakerhet: id('IS01'),
  kommunHalsoOchSjukvard: id('KH00'),
  hemsjukvard: id('KH01'),
  hemsjukvardNatt: id('KH02'),
  kommunOmsorg: id('KO00'),
  hemtjanst: id('KO01'),
  bistand: id('KO02'),
  nattpatrull: id('KO03'),
  privatVardgivare: id('PV00'),
  privatVardcentral: id('PV01'),
  omarLind: id('P101'),
  evaStrand: id('P102'),
  birgittaAlm: id('P103'),
  tomasFrid: id('P104'),
  lisaEk: id('P201'),
  johanWik: id('P202'),
  karimHaddad: id('P203'),
  majaBerg: id('P301'),
  amirNordin: id('P302'),
  svenDahl: id('P401'),
  ninaHolm: id('P402'),
  elsaBjork: id('P403'),
  petraSund: id('P501'),
} as const;
