import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { languages } from '../../../config/catalogue/languages.js';
import { spoken } from '../i18n/languages.js';
import type { ScreenId } from '../screens/screen.js';
import type { Page } from '../state/page.js';
import type { ModeId } from '../state/visit.js';
import { VoiceContext } from '../voice/context.js';
import { VoiceControl } from '../voice/control.js';
import { VoicePlayer } from '../voice/player.js';
import { Button } from './button.js';
import {
  AirIcon,
  CloseIcon,
  ContrastIcon,
  GlobeIcon,
  HelpIcon,
  HomeIcon,
  LargeIcon,
  LowIcon,
  MenuIcon,
  PhoneIcon,
} from './frame-icons.js';
import type { Words } from './words.js';

interface Place {
  to: ScreenId;
  word: 'home' | 'air' | 'help' | 'takeAlong';
  icon: ComponentChildren;
}

const places: readonly Place[] = [
  { to: 'board', word: 'home', icon: <HomeIcon /> },
  { to: 'air', word: 'air', icon: <AirIcon /> },
  { to: 'help', word: 'help', icon: <HelpIcon /> },
  { to: 'take-along', word: 'takeAlong', icon: <PhoneIcon /> },
];

const modes: readonly { mode: ModeId; icon: ComponentChildren }[] = [
  { mode: 'large', icon: <LargeIcon /> },
  { mode: 'contrast', icon: <ContrastIcon /> },
  { mode: 'low', icon: <LowIcon /> },
];

/** Every control that is there on every screen, within reach at the lower edge. */
export function Bar({ page, words }: { page: Page; words: Words }) {
  const { say } = words;
  const { visit } = page;
  const opened = visit.sheet.value === 'menu';
  const isListening = useContext(VoiceContext)?.isOn.value;
  return (
    <nav
      class="bar"
      data-opened={opened || undefined}
      data-listening={isListening || undefined}
      aria-label={say.frame.menu}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div class="places" role="group" aria-label={say.frame.screens}>
        {places.map(({ to, word, icon }) => (
          <Button
            key={to}
            name={to}
            word={say.frame[word]}
            icon={icon}
            current={visit.screen.value === to}
            onPress={() => visit.go(to)}
          />
        ))}
        <LanguageControl page={page} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div class="modes" role="group" aria-label={say.frame.display}>
        {modes
          .filter(({ mode }) => mode !== 'low' || page.reach.value !== undefined)
          .map(({ mode, icon }) => (
            <Button
              key={mode}
              name={mode}
              word={say.frame.modes[mode]}
              icon={icon}
              pressed={visit.modes[mode].value}
              onPress={() => visit.toggle(mode)}
            />
          ))}
        <VoiceControl words={words} />
      </div>
      <VoicePlayer words={words} />
      <div class="folding">
        <Button
          name="menu"
          word={opened ? say.frame.close : say.frame.menu}
          icon={opened ? <CloseIcon /> : <MenuIcon />}
          onPress={() => visit.open(opened ? undefined : 'menu')}
        />
      </div>
    </nav>
  );
}

/** Whoever looks for their language cannot read the one that is there: this word is known to most. */
const languageInEnglish = 'Language';

/** Of two languages the other one is a touch away; of more the list of them is. */
function LanguageControl({ page }: { page: Page }) {
  const { visit } = page;
  const others = spoken(page.site.value?.languages ?? []).filter((tag) => tag !== page.language.value);
  const [other] = others;
  if (other === undefined) return null;
  if (others.length === 1) {
    return (
      <Button
        name={`language-${other}`}
        word={languages[other]}
        lang={other}
        icon={<GlobeIcon />}
        onPress={() => visit.choose(other)}
      />
    );
  }
  return (
    <Button
      name="languages"
      word={languageInEnglish}
      lang="en"
      icon={<GlobeIcon />}
      onPress={() => visit.open('languages')}
    />
  );
}
