import { useContext } from 'preact/hooks';
import type { Words } from '../parts/words.js';
import { VoiceContext } from './context.js';

/** Says that nothing can be heard, where somebody listens and nobody has a voice for the language. */
export function VoiceTrouble({ words: { say } }: { words: Words }) {
  const voice = useContext(VoiceContext);
  if (!voice?.isOn.value || voice.reading.value !== 'mute') return null;
  return (
    <p class="voice-trouble" role="status">
      {say.voice.none}
    </p>
  );
}
