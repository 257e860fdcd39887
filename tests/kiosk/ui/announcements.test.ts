import { describe, expect, it } from 'vitest';
import { announcementsOf, emergenciesOf } from '../../../kiosk/ui/state/announcements.js';
import { emergency, notice, sent } from '../city-scene.js';

const at = Date.parse('2026-01-15T07:31:00.000Z');

const alert = (level: 'advisory' | 'warning') => ({
  ...{ alert: 'pm', level, of: [], advice: undefined },
  grade: { id: level, word: { en: level }, colour: '#000000', ink: '#ffffff' },
});

describe('Emergency messages', () => {
  it('are believed when somebody signed them', () => {
    const body = { messages: [emergency()] };
    expect(emergenciesOf(sent(at, body)).great).toHaveLength(1);
    expect(emergenciesOf(sent(at, body, null))).toEqual({ great: [], lesser: [] });
    expect(emergenciesOf(null)).toEqual({ great: [], lesser: [] });
  });

  it('take the screen over from severe upwards, and are a banner below', () => {
    const messages = (['minor', 'severe', 'moderate', 'extreme'] as const).map((severity) =>
      emergency({ id: severity, severity }),
    );
    const { great, lesser } = emergenciesOf(sent(at, { messages }));
    expect(great.map(({ id }) => id)).toEqual(['extreme', 'severe']);
    expect(lesser.map(({ id }) => id)).toEqual(['moderate', 'minor']);
  });

  it('of a drill never stand before an actual one', () => {
    const messages = [
      emergency({ id: 'drill', severity: 'extreme', status: 'exercise' }),
      emergency({ id: 'real', severity: 'severe' }),
    ];
    expect(emergenciesOf(sent(at, { messages })).great.map(({ id }) => id)).toEqual(['real', 'drill']);
  });
});

describe('What is announced', () => {
  it('comes gravest first: no notice stands before a warning', () => {
    const all = announcementsOf({
      emergencies: emergenciesOf(sent(at, { messages: [emergency({ severity: 'minor' })] })),
      alerts: [alert('advisory'), alert('warning')],
      notices: sent(at, {
        notices: [notice('promotion'), notice('closed', { severity: 'warning' }), notice('works')],
      }),
    });
    expect(all.map(({ rank }) => rank)).toEqual([
      'minor',
      'alert-warning',
      'alert-advisory',
      'warning',
      'information',
      'information',
    ]);
    expect(all.at(-1)?.key).toBe('notice works');
  });

  it('is all there where there are 500 of it', () => {
    const notices = Array.from({ length: 500 }, (_, index) =>
      notice(String(index), { severity: index === 400 ? 'warning' : 'information' }),
    );
    const all = announcementsOf({
      emergencies: { great: [], lesser: [] },
      alerts: [],
      notices: sent(at, { notices }),
    });
    expect(all).toHaveLength(500);
    expect(all[0]?.key).toBe('notice 400');
  });
});
