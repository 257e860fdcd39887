import { describe, expect, it } from 'vitest';
import { unexpired } from '../../../kiosk/ui/state/content.js';
import { parseMessage } from '../../../kiosk/ui/state/message.js';
import { createPage } from '../../../kiosk/ui/state/page.js';
import { content as contract } from '../../../runtime/api/content.js';
import { contentNow, emergency, sent } from '../city-scene.js';
import { now, sceneTime } from '../scene.js';

const at = Date.parse(sceneTime);

describe('Content', () => {
  it('is read as the contract has it', () => {
    const whole = contentNow(at, { emergency: sent(at, { messages: [emergency()] }) });
    expect(contract.parse(whole)).toEqual(whole);
    expect(parseMessage('content', JSON.stringify(whole))).toEqual({ name: 'content', data: whole });
  });

  it.each([
    ['a time that is none', { expected: 'soon' }],
    ['a basis that there is not', { basis: 'hearsay' }],
    ['a count that is text', { stopsAway: '2' }],
  ])('is refused with %s', (_, change) => {
    const whole = contentNow(at);
    const arrivals = whole.arrivals?.body.arrivals.map((one) => ({ ...one, ...change }));
    const wrong = { ...whole, arrivals: { ...whole.arrivals, body: { arrivals } } };
    expect(parseMessage('content', JSON.stringify(wrong))).toBeUndefined();
  });

  it('goes when it expires, though the shelter is out of reach', () => {
    const whole = contentNow(at);
    const expires = Date.parse(whole.notices?.expires ?? '');
    expect(unexpired(whole, expires - 1)).toBe(whole);
    expect(unexpired(whole, expires)).toMatchObject({ notices: null, arrivals: null, air: null });
  });

  it('stays while nobody knows the time', () => {
    const whole = contentNow(at);
    expect(unexpired(whole, undefined)).toBe(whole);
  });
});

describe('The page', () => {
  function started() {
    const page = createPage(0, ['ko']);
    page.hear({ name: 'now', data: now() }, 0);
    return page;
  }

  it('goes home for a new emergency, from whatever screen', () => {
    const page = started();
    page.visit.go('air');
    const data = contentNow(at, { emergency: sent(at, { messages: [emergency()] }) });
    page.hear({ name: 'content', data }, 100);
    expect(page.visit.screen.value).toBe('board');
    page.visit.go('help');
    page.hear({ name: 'content', data }, 200);
    expect(page.visit.screen.value).toBe('help');
  });

  it('stays where it is for a lesser message, and for one that nobody signed', () => {
    for (const content of [
      contentNow(at, { emergency: sent(at, { messages: [emergency({ severity: 'moderate' })] }) }),
      contentNow(at, { emergency: sent(at, { messages: [emergency()] }, null) }),
    ]) {
      const page = started();
      page.visit.go('air');
      page.hear({ name: 'content', data: content }, 100);
      expect(page.visit.screen.value).toBe('air');
    }
  });

  it('counts on while the shelter is out of reach, until nothing is believed any more', () => {
    const page = started();
    page.hear({ name: 'content', data: contentNow(at) }, 0);
    page.lose(1_000);
    expect(page.arrivals.value.rows[0]).toMatchObject({
      standing: 'old',
      age: 11,
      when: { shows: 'minutes' },
    });
    page.tick(85_000);
    expect(page.arrivals.value.rows.map(({ standing }) => standing)).not.toContain('live');
    page.tick(4 * 3_600_000);
    expect(page.arrivals.value).toEqual({ service: 'unknown', rows: [] });
  });

  it('does not compute its announcements anew with each second', () => {
    const page = started();
    page.hear({ name: 'content', data: contentNow(at) }, 0);
    const before = page.announcements.value;
    page.tick(1_000);
    page.hear({ name: 'beat', data: { time: sceneTime } }, 2_000);
    expect(page.announcements.value).toBe(before);
  });
});
