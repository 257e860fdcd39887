/**
 * What of Nepali Chromium does not know: there Intl would write the machine's own language instead. In the digits that
 * stand on the buses, as everything on the screen.
 */
export const nepali = {
  ago: (count: number, unit: keyof typeof units) => `${count} ${units[unit]} अघि`,
  minutes: (count: number) => [
    { isNumber: true, text: String(count) },
    { isNumber: false, text: units.minute },
  ],
  /** @param weekday 0 is Sunday; @param month 1 is January */
  date: (weekday: number, month: number, day: number) =>
    `${weekdays[weekday] ?? ''}, ${months[month - 1] ?? ''} ${day}`,
};

const units = { second: 'सेकेन्ड', minute: 'मिनेट', hour: 'घण्टा', day: 'दिन' };

const weekdays = ['आइतबार', 'सोमबार', 'मङ्गलबार', 'बुधबार', 'बिहीबार', 'शुक्रबार', 'शनिबार'];

const months = [
  ...['जनवरी', 'फेब्रुअरी', 'मार्च', 'अप्रिल', 'मे', 'जुन'],
  ...['जुलाई', 'अगस्ट', 'सेप्टेम्बर', 'अक्टोबर', 'नोभेम्बर', 'डिसेम्बर'],
];
