import type { DateWords } from './dates-sv.ts';

const months = [
  'يناير',
  'فبراير',
  'مارس',
  'أبريل',
  'مايو',
  'يونيو',
  'يوليو',
  'أغسطس',
  'سبتمبر',
  'أكتوبر',
  'نوفمبر',
  'ديسمبر',
];

/** Figures are Latin, as on the telephone and the calendar in Sweden. */
export const datesAr: DateWords = {
  today: 'اليوم',
  tomorrow: 'غدًا',
  yesterday: 'أمس',
  weekdays: ['الأحد', 'الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت'],
  months,
  // Arabic has no shorter names.
  monthsShort: months,
  date: (day, month, year) => `${day} ${month}${year === null ? '' : ` ${year}`}`,
  withWeekday: (weekday, date) => `${weekday} ${date}`,
  at: (clock) => `الساعة ${clock}`,
  colon: ':',
  justNow: 'الآن',
  minutesAgo: (count) => `قبل ${count} دقيقة`,
  hoursAgo: (count) => `قبل ${count} ساعة`,
  decimal: '.',
  redDays: {
    nyarsdagen: 'رأس السنة',
    trettondedag: 'عيد الغطاس',
    langfredagen: 'الجمعة العظيمة',
    paskafton: 'سبت النور',
    paskdagen: 'أحد الفصح',
    'annandag-pask': 'اثنين الفصح',
    'forsta-maj': 'عيد العمال',
    himmelsfard: 'عيد الصعود',
    pingstdagen: 'عيد العنصرة',
    nationaldagen: 'العيد الوطني',
    midsommarafton: 'ليلة منتصف الصيف',
    midsommardagen: 'يوم منتصف الصيف',
    'alla-helgons-dag': 'عيد جميع القديسين',
    julafton: 'ليلة عيد الميلاد',
    juldagen: 'عيد الميلاد',
    'annandag-jul': 'ثاني أيام عيد الميلاد',
    nyarsafton: 'ليلة رأس السنة',
  },
};
