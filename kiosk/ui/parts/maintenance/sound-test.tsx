import { playTone } from '../../sound.js';
import { sides } from '../../state/maintenance.js';
import { Button } from '../button.js';
import type { InsideProps } from './props.js';

/** A tone from each loudspeaker. */
export function SoundTest({ words: { say } }: InsideProps) {
  return (
    <>
      <p>{say.maintenance.soundExplain}</p>
      <div class="choices">
        {sides.map((side) => (
          <Button
            key={side}
            name={`sound-${side}`}
            word={say.maintenance.sides[side]}
            onPress={() => playTone(side)}
          />
        ))}
      </div>
    </>
  );
}
