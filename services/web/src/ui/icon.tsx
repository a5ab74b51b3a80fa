/** The pictures that go with a word: drawn with one stroke, as large as the text, never alone. */
const paths = {
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1Z',
  self: 'M12 20s-7-4.4-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.6-7 10-7 10Z',
  today: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3 2',
  alarm: 'M12 3 2.5 20h19ZM12 10v4M12 17v.5',
  urgent: 'M8 3h8l5 5v8l-5 5H8l-5-5V8ZM12 8v5M12 16v.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v6M12 7v.5',
  check: 'M4 12.5 10 18 20 6',
  cross: 'M6 6l12 12M18 6 6 18',
  arrow: 'M4 12h15M13 6l6 6-6 6',
  home: 'M3 11 12 4l9 7M6 9v11h12V9M10 20v-6h4v6',
  lock: 'M6 11h12v9H6ZM8 11V8a4 4 0 0 1 8 0v3',
  cloud: 'M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.5-1A4.5 4.5 0 0 1 17 18ZM4 4l16 16',
  sync: 'M5 9a7.5 7.5 0 0 1 13-2l2 2M20 4v5h-5M19 15a7.5 7.5 0 0 1-13 2l-2-2M4 20v-5h5',
  smitta:
    'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM12 2v5M12 17v5M2 12h5M17 12h5M5 5l3.5 3.500M15.5 15.5 19 19M19 5l-3.5 3.500M8.5 15.5 5 19',
  blodfortunnande: 'M12 3s6 7 6 11a6 6 0 0 1-12 0c0-4 6-11 6-11Z',
  syrgas: 'M8 9a4 4 0 0 1 8 0v12H8ZM12 5V2M9 2h6M8 14h8',
  tolk: 'M3 5h12v9H8l-5 4ZM18 9h3v11l-4-3h-6',
  horsel: 'M7 10a5 5 0 0 1 10 0c0 4-4 4-4 8a3 3 0 0 1-6 0M10 11a2 2 0 0 1 4 0M3 3l18 18',
  allergi:
    'M12 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12 9c-3-6 3-6 0 0ZM14 11c6-3 6 3 0 0ZM12 13c3 6-3 6 0 0ZM10 11c-6 3-6-3 0 0Z',
} as const;

export type IconName = keyof typeof paths;

export const isIconName = (name: string): name is IconName => Object.hasOwn(paths, name);

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="nv-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <path
      d={paths[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
