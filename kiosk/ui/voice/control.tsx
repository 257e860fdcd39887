import { useContext } from 'preact/hooks';
import { Button } from '../parts/button.js';
import type { Words } from '../parts/words.js';
import { VoiceContext } from './context.js';
import { ListenIcon } from './icons.js';

/** Has the page spoken, or no more. */
export function VoiceControl({ words: { say } }: { words: Words }) {
  const voice = useContext(VoiceContext);
  if (!voice) return null;
  const isOn = voice.isOn.value;
  return (
    <Button
      name="voice"
      word={say.voice.listen}
      icon={<ListenIcon />}
      pressed={isOn}
      onPress={() => voice.turn(!isOn)}
    />
  );
}
