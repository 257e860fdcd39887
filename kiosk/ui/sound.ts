import type { Side } from './state/maintenance.js';

const pans: Readonly<Record<Side, number>> = { left: -1, right: 1, both: 0 };

/** What is heard: not loud, and without a click at either end. Times in s. */
const tone = { hertz: 660, level: 0.25, ramp: 0.03, lasts: 0.6 };

let context: AudioContext | undefined;

/** Plays a short tone; only a touch may have it do so. */
export function playTone(side: Side): void {
  context ??= new AudioContext();
  const source = new OscillatorNode(context, { frequency: tone.hertz });
  const level = new GainNode(context, { gain: 0 });
  const start = context.currentTime;
  const end = start + tone.lasts;
  level.gain
    .setValueAtTime(0, start)
    .linearRampToValueAtTime(tone.level, start + tone.ramp)
    .setValueAtTime(tone.level, end - tone.ramp)
    .linearRampToValueAtTime(0, end);
  source
    .connect(level)
    .connect(new StereoPannerNode(context, { pan: pans[side] }))
    .connect(context.destination);
  source.start(start);
  source.stop(end);
}
