import { wordsIn } from './i18n/packs.js';
import { Bar } from './parts/bar.js';
import { EmergencyBanner } from './parts/emergency-banner.js';
import { Flow } from './parts/flow.js';
import { Header } from './parts/header.js';
import { LanguageSheet } from './parts/language-sheet.js';
import { LostBanner } from './parts/lost-banner.js';
import { Notices } from './parts/notices.js';
import { StillThere } from './parts/still-there.js';
import { useLayout } from './parts/use-layout.js';
import { screens } from './screens/index.js';
import type { Page } from './state/page.js';
import { VoiceTrouble } from './voice/trouble.js';

/** The frame: one screen at a time, what is told above it, and the controls below it, always in the same place. */
export function App({ page }: { page: Page }) {
  const { visit } = page;
  const { view } = page.surroundings.value;
  const { box, layout, isNarrow, isShallow } = useLayout<HTMLDivElement>(view);
  const words = wordsIn(page.language.value);
  const screen = visit.screen.value;
  const link = page.link.value;
  const remaining = visit.remaining.value;
  const Screen = screens[screen];
  return (
    <>
      <div
        class="frame"
        ref={box}
        data-layout={layout}
        data-narrow={isNarrow || undefined}
        data-shallow={isShallow || undefined}
        data-screen={screen}
        data-link={link}
        inert={remaining !== undefined}
      >
        <Header page={page} words={words} />
        {link === 'lost' && <LostBanner page={page} words={words} />}
        <EmergencyBanner page={page} words={words} />
        {link === 'waiting' && <p class="connecting">{words.say.connecting}</p>}
        <Flow as="main" key={`${screen} ${visit.ended.value}`} name={screen} words={words}>
          <Screen page={page} words={words} />
        </Flow>
        <Notices page={page} words={words} />
        <VoiceTrouble words={words} />
        {page.site.value && view !== 'wall' && <Bar page={page} words={words} />}
        {visit.sheet.value === 'languages' && <LanguageSheet page={page} words={words} />}
      </div>
      {remaining !== undefined && <StillThere remaining={remaining} words={words} />}
    </>
  );
}
