import { describe, expect, it } from 'vitest';
import { calibrations } from '../../../runtime/api/calibrations.js';
import { noonText } from './fake-source.js';
import { apiRig, ask } from './rig.js';

describe('/api/v1/calibrations', () => {
  it('lists every version, the newest first, with what is known of each', async () => {
    const { api } = await apiRig({});
    const answer = await ask(api.url, '/api/v1/calibrations');
    expect(calibrations.parse(answer.json()).calibrations).toEqual([
      { stream: 'roof/temperature', version: 2, offset: 0, gain: 1, date: null, by: null, from: null },
      {
        stream: 'roof/temperature',
        version: 1,
        offset: -0.4,
        gain: 1,
        date: '2026-05-30',
        by: 'Kim Jiwoo',
        from: noonText,
      },
    ]);
  });
});
