/** The words of dates and times in a language. */
export interface DateWords {
  readonly today: string;
  readonly tomorrow: string;
  readonly yesterday: string;
  /** Sunday first, as `Date.getUTCDay` counts. */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  /** Three or four letters, for the axis of a picture. */
  readonly monthsShort: readonly string[];
  /** `24 november`; `year` where it is another than now. */
  readonly date: (day: number, month: string, year: number | null) => string;
  readonly withWeekday: (weekday: string, date: string) => string;
  /** `kl. 14.30`. */
  readonly at: (clock: string) => string;
  /** Between hour and minute. */
  readonly colon: string;
  readonly justNow: string;
  readonly minutesAgo: (count: number) => string;
  readonly hoursAgo: (count: number) => string;
  /** Between the whole and the decimals of a number. */
  readonly decimal: string;
  readonly redDays: Readonly<Record<RedDay, string>>;
}

/** The public holidays of lag (1989:253) om allmänna helgdagar, and the eves that are kept as such. */
export type RedDay =
  | 'nyarsdagen'
  | 'trettondedag'
  | 'langfredagen'
  | 'paskafton'
  | 'paskdagen'
  | 'annandag-pask'
  | 'forsta-maj'
  | 'himmelsfard'
  | 'pingstdagen'
  | 'nationaldagen'
  | 'midsommarafton'
  | 'midsommardagen'
  | 'alla-helgons-dag'
  | 'julafton'
  | 'juldagen'
  | 'annandag-jul'
  | 'nyarsafton';

export const datesSv: DateWords = {
  today: 'i dag',
  tomorrow: 'i morgon',
  yesterday: 'i går',
  weekdays: ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'],
  months: [
    'januari',
    'februari',
    'mars',
    'april',
    'maj',
    'juni',
    'juli',
    'augusti',
    'september',
    'oktober',
    'november',
    'december',
  ],
  monthsShort: ['jan', 'feb', 'mars', 'apr', 'maj', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'dec'],
  date: (day, month, year) => `${day} ${month}${year === null ? '' : ` ${year}`}`,
  withWeekday: (weekday, date) => `${weekday} ${date}`,
  at: (clock) => `kl. ${clock}`,
  colon: '.',
  justNow: 'nyss',
  minutesAgo: (count) => `för ${count} ${count === 1 ? 'minut' : 'minuter'} sedan`,
  hoursAgo: (count) => `för ${count} ${count === 1 ? 'timme' : 'timmar'} sedan`,
  decimal: ',',
  redDays: {
    nyarsdagen: 'nyårsdagen',
    trettondedag: 'trettondedag jul',
    langfredagen: 'långfredagen',
    paskafton: 'påskafton',
    paskdagen: 'påskdagen',
    'annandag-pask': 'annandag påsk',
    'forsta-maj': 'första maj',
    himmelsfard: 'Kristi himmelsfärdsdag',
    pingstdagen: 'pingstdagen',
    nationaldagen: 'nationaldagen',
    midsommarafton: 'midsommarafton',
    midsommardagen: 'midsommardagen',
    'alla-helgons-dag': 'alla helgons dag',
    julafton: 'julafton',
    juldagen: 'juldagen',
    'annandag-jul': 'annandag jul',
    nyarsafton: 'nyårsafton',
  },
};
