/** The languages a shelter can speak, by their BCP 47 tag, each under the name its readers know. */
export const languages = {
  ko: '한국어',
  en: 'English',
} as const;

export type Language = keyof typeof languages;
