/** The languages a shelter can speak, by their BCP 47 tag, each under the name its readers know. */
export const languages = {
  ko: '한국어',
  en: 'English',
  ja: '日本語',
  zh: '中文',
  vi: 'Tiếng Việt',
  ne: 'नेपाली',
  sw: 'Kiswahili',
} as const;

export type Language = keyof typeof languages;

/** The same in every language: what lacks one does not pass the type check. */
export type Words = Readonly<Record<Language, string>>;

/** What is written alike in every language. */
export function everywhere(text: string): Words {
  return { ko: text, en: text, ja: text, zh: text, vi: text, ne: text, sw: text };
}
