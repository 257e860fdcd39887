import { messages } from './i18n/languages.js';
import { Controls } from './parts/controls.js';
import { Notices } from './parts/notices.js';
import { BoardScreen } from './screens/board.js';
import type { Page } from './state/page.js';

/** The whole page: the screen, the controls below it, and what comes up in between. */
export function App({ page }: { page: Page }) {
  const board = page.board.value;
  const language = page.language.value;
  const site = page.live.value.shelter?.site;
  const words = { say: messages[language], language };
  return (
    <>
      <BoardScreen board={board} site={site} words={words} showsTechnical={page.showsTechnical.value} />
      <Notices events={board.recent} site={site} words={words} />
      {site && <Controls page={page} languages={site.languages} words={words} />}
    </>
  );
}
