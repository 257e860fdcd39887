import type { Speaker } from '../../../runtime/uplink/codecs/codec.js';
import { reading, stream } from './rows.js';

/** When the shelter of these tests speaks. */
export const now = Date.UTC(2026, 2, 1, 8, 30, 30);

export const streams = [
  stream('air', 'pm2_5'),
  stream('air', 'pm10'),
  stream('roof', 'temperature'),
  stream('roof', 'humidity'),
  stream('box', 'pressure'),
  stream('box', 'particles_10'),
];

/** A shelter with six streams and a button. Of the streams one gave a value just now, and one an hour ago. */
export function speaker(given: Partial<Speaker> = {}): Speaker {
  const latest = [
    { ...reading(1, { time: now - 5_000, value: 4.4 }), value: 4.4 },
    {
      ...reading(2, { time: now - 3_600_000, stream: stream('roof', 'humidity'), value: 41.2 }),
      value: 41.2,
    },
  ];
  return {
    device: { id: 'seoul-jongno-01', epoch: '7f3a9c' },
    name: { ko: '종로2가', en: 'Jongno 2-ga' },
    version: '1.2.3',
    prefix: 'city/shelters',
    streams: () => streams,
    latest: () => latest.map(({ seq: _, ...each }) => each),
    staleAfter: () => 180_000,
    inputs: [{ id: 'help', kinds: ['button.released', 'button.pressed'] }],
    now: () => now,
    ...given,
  };
}
