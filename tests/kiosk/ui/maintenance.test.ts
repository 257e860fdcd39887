import { describe, expect, it } from 'vitest';
import type { Answer, Ask, Question } from '../../../kiosk/ui/state/ask.js';
import { createMaintenance } from '../../../kiosk/ui/state/maintenance.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { faultsNow, healthNow, maintenanceNow } from '../screens-scene.js';

const at = Date.UTC(2026, 0, 15, 7, 31);
const token = 'a'.repeat(43);

const open: Readonly<Record<string, Partial<Answer>>> = {
  '/api/v1/maintenance/login': { body: { token, lasts: 300 } },
  '/api/v1/maintenance': { body: maintenanceNow(at) },
  '/api/v1/maintenance/faults': { body: faultsNow(at) },
  '/api/v1/health': { body: healthNow },
};

function rig(changes: Readonly<Record<string, Partial<Answer>>> = {}) {
  const clock = virtualClock();
  const asked: { path: string; question: Question | undefined }[] = [];
  let answers = { ...open, ...changes };
  const ask: Ask = async (path, question) => {
    asked.push({ path, question });
    return { status: 200, body: undefined, retryAfter: undefined, ...answers[path] };
  };
  const visit = createMaintenance({ ask, clock });
  const type = (pin: string) => {
    for (const digit of pin) visit.press(digit);
  };
  const count = (path: string) => asked.filter((one) => one.path === path).length;
  return {
    ...{ visit, clock, asked, type, count },
    answer(next: Readonly<Record<string, Partial<Answer>>>) {
      answers = { ...answers, ...next };
    },
  };
}

describe('the way into maintenance', () => {
  it('takes 6 to 12 digits, forgets them when they are sent, and shows only how many there are', async () => {
    const { visit, clock, asked, type } = rig();
    type('12345');
    visit.submit();
    expect(asked).toEqual([]);
    type('6789012345');
    expect(visit.digits.value).toBe(12);
    visit.erase();
    visit.submit();
    expect(visit.digits.value).toBe(0);
    expect(asked[0]).toEqual({
      path: '/api/v1/maintenance/login',
      question: { body: { pin: '12345678901' } },
    });
    await clock.advance(0);
    expect(visit.isOpen.value).toBe(true);
  });

  it.each([
    [{ status: 401 }, { why: 'wrong' }],
    [{ status: 403 }, { why: 'off' }],
    [
      { status: 429, retryAfter: 120 },
      { why: 'locked', seconds: 120 },
    ],
    [{ status: 500 }, { why: 'unusable' }],
    [{ status: 0 }, { why: 'unanswered' }],
    [{ status: 200, body: { token: 1 } }, { why: 'unanswered' }],
  ])('says why %o lets nobody in', async (given, refusal) => {
    const { visit, clock, type } = rig({ '/api/v1/maintenance/login': given });
    type('123456');
    visit.submit();
    await clock.advance(0);
    expect(visit.isOpen.value).toBe(false);
    expect(visit.refusal.value).toEqual(refusal);
    type('1');
    expect(visit.refusal.value).toBeUndefined();
  });
});

describe('a session', () => {
  async function begun(changes = {}) {
    const made = rig(changes);
    made.type('123456');
    made.visit.submit();
    await made.clock.advance(0);
    return made;
  }

  it('knows sensors, health and faults, and asks again by and by', async () => {
    const { visit, clock, count, asked } = await begun();
    expect(visit.inside.value.look?.streams).toHaveLength(3);
    expect(visit.inside.value.health?.uplink?.waiting).toBe(5);
    expect(visit.inside.value.faults).toHaveLength(50);
    await clock.advance(30_000);
    expect([count('/api/v1/maintenance'), count('/api/v1/health')]).toEqual([16, 7]);
    const own = asked.filter(({ path }) => /maintenance(\/faults)?$/.test(path));
    expect(new Set(own.map(({ question }) => question?.token))).toEqual(new Set([token]));
  });

  it('is prolonged by touches, not by its own questions, and at most every 10 s', async () => {
    const { visit, clock, count } = await begun();
    await clock.advance(60_000);
    expect(count('/api/v1/maintenance/stay')).toBe(0);
    for (let n = 0; n < 50; n++) {
      visit.touch();
      await clock.advance(500);
    }
    expect(count('/api/v1/maintenance/stay')).toBe(3);
  });

  it('ends where the shelter says so: nothing of it stays, and nothing is asked any more', async () => {
    const { visit, clock, asked, answer } = await begun();
    answer({ '/api/v1/maintenance': { status: 401 } });
    await clock.advance(2_000);
    expect(visit.isOpen.value).toBe(false);
    expect(visit.refusal.value).toEqual({ why: 'over' });
    expect(visit.inside.value).toEqual({ look: undefined, health: undefined, faults: undefined });
    const before = asked.length;
    await clock.advance(60_000);
    expect(asked).toHaveLength(before);
  });

  it('is left with a logout, once', async () => {
    const { visit, clock, asked, count } = await begun();
    visit.leave();
    visit.leave();
    expect(count('/api/v1/maintenance/logout')).toBe(1);
    const before = asked.length;
    await clock.advance(60_000);
    expect(asked).toHaveLength(before);
  });

  it('says that it does not know what is not as the contract has it', async () => {
    const { visit } = await begun({
      '/api/v1/maintenance/faults': { body: { faults: [1] } },
      '/api/v1/health': { status: 500 },
    });
    expect(visit.inside.value.faults).toBeUndefined();
    expect(visit.inside.value.health).toBeUndefined();
    expect(visit.inside.value.look).toBeDefined();
  });
});
