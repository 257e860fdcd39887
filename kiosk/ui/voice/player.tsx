import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { Button } from '../parts/button.js';
import type { Words } from '../parts/words.js';
import { VoiceContext } from './context.js';
import {
  EarlierIcon,
  LaterIcon,
  LouderIcon,
  PauseIcon,
  PlayIcon,
  ReplayIcon,
  SofterIcon,
  StopIcon,
} from './icons.js';
import type { Reading } from './reader.js';
import type { Voice } from './voice.js';

/** What a listener touches: there while the page is spoken. Its words are said when one comes to them. */
export function VoicePlayer({ words: { say } }: { words: Words }) {
  const voice = useContext(VoiceContext);
  if (!voice?.isOn.value) return null;
  const reading = voice.reading.value;
  const volume = voice.volume.value;
  const main = mainControls[reading];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div class="player" role="group" aria-label={say.voice.title} data-voice="silent" data-reading={reading}>
      <Button
        name="voice-previous"
        word={say.voice.previous}
        icon={<EarlierIcon />}
        onPress={voice.previous}
      />
      <Button
        name="voice-pause"
        word={say.voice[main.word]}
        icon={main.icon}
        kind="strong"
        onPress={() => main.act(voice)}
      />
      <Button name="voice-next" word={say.voice.next} icon={<LaterIcon />} onPress={voice.next} />
      <Button
        name="voice-softer"
        word={say.voice.softer}
        icon={<SofterIcon />}
        idle={volume <= 0}
        onPress={voice.softer}
      />
      <Button
        name="voice-louder"
        word={say.voice.louder}
        icon={<LouderIcon />}
        idle={volume >= 1}
        onPress={voice.louder}
      />
      <Button name="voice-stop" word={say.voice.stop} icon={<StopIcon />} onPress={() => voice.turn(false)} />
    </div>
  );
}

interface MainControl {
  word: 'pause' | 'resume' | 'replay';
  icon: ComponentChildren;
  act(voice: Voice): void;
}

const replay: MainControl = { word: 'replay', icon: <ReplayIcon />, act: (voice) => voice.replay() };

/** The one in the middle: whatever is wanted next. */
const mainControls: Readonly<Record<Reading, MainControl>> = {
  speaking: { word: 'pause', icon: <PauseIcon />, act: (voice) => voice.pause() },
  paused: { word: 'resume', icon: <PlayIcon />, act: (voice) => voice.resume() },
  silent: replay,
  mute: replay,
};
