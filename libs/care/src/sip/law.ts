/** What the rules of a SIP stand on. */
export const law = {
  contents: 'HSL (2017:30) 16 kap. 4 §; SoL (2025:400) 10 kap. 8-9 §§; LUS (2017:612) 4 kap. 2 §',
  consent: 'HSL (2017:30) 16 kap. 4 §; LUS (2017:612) 4 kap. 2 §; SVOD (2022:913) 3 kap. 1 and 3-4 §§',
  record: 'PDL (2008:355) 5 kap. 4 §; HFD 2017:67',
  keeping: 'PDL (2008:355) 3 kap. 6 §',
  /** The templates of regions and municipalities ask for it; no statute does. */
  practice: 'Practice: SIP in seven steps (Region Jönköpings län)',
} as const;
