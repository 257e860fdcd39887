import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Language, languages } from '../../config/catalogue/languages.js';
import { loadMessages } from '../../kiosk/ui/i18n/packs.js';
import { hasChromium } from '../rigs/chromium.js';
import { texts } from './texts.js';
import { current, patient, phone, visitPage } from './visited-page.js';

const families: Partial<Record<Language, string>> = {
  ko: 'Noto Sans KR Variable',
  ja: 'Noto Sans JP Variable',
  zh: 'Noto Sans SC Variable',
  vi: 'Noto Sans Variable',
  ne: 'Noto Sans Devanagari Variable',
};

const tags = Object.keys(languages) as Language[];

describe.skipIf(!hasChromium())('The letters of the page', () => {
  const visited = visitPage();

  /** Of each language that people can choose, what the page could not write without the shelter. */
  async function unwritable(): Promise<string[]> {
    const lacking = await Promise.all(
      Object.entries(families).map(async ([tag, family]) => {
        const said = texts(await loadMessages(tag as Language)).map(([, text]) => text);
        return visited.page.evaluate<string[]>(`(() => {
          const faces = [...document.fonts].filter(({ family }) => family.replaceAll('"', '') === '${family}');
          if (faces.length === 0) return ['${tag}: no sheet'];
          return ${JSON.stringify(said)}
            .filter((text) => !document.fonts.check('1em "${family}"', text))
            .map((text) => '${tag}: ' + text);
        })()`);
      }),
    );
    return lacking.flat();
  }

  beforeEach(() => {
    const { site } = current();
    visited.shelter.show(current({ site: { ...site, languages: tags } }));
  });

  it('are there for all that it can say in every language of the site, before it has been said', async () => {
    await visited.open();
    await vi.waitFor(async () => expect(await unwritable()).toEqual([]), patient);
  });

  it('come to a phone in its own language alone', async () => {
    await visited.page.setViewportSize(phone);
    await visited.open();
    await vi.waitFor(async () => {
      const lacking = await unwritable();
      expect(lacking.filter((text) => text.startsWith('ko'))).toEqual([]);
      expect(lacking).toEqual(expect.arrayContaining(['ja: no sheet', 'zh: no sheet', 'ne: no sheet']));
    }, patient);
  });
});
