import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShelterError } from '../../config/errors.js';
import type { Help, HelpRequest } from '../../runtime/api/help.js';
import { help as helpSchema } from '../../runtime/api/help.js';
import { createHelpDesk, type HelpDesk } from '../../runtime/help.js';
import { parseSite } from '../../runtime/load-site.js';
import type { ShelterEvent, StoredEvent } from '../../runtime/reading.js';
import { type VirtualClock, virtualClock } from '../../simulators/virtual-clock.js';

const site = parseSite(`
id: a
name: { ko: 종로2가 }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [ko]
uplink: { url: mqtt://127.0.0.1 }
kiosk: { help: { phone: 02-120 } }
`);

interface Desk {
  desk: HelpDesk;
  clock: VirtualClock;
  recorded: ShelterEvent[];
  told: Help[];
  /** How the card takes the next event. */
  card: { answer: 'at once' | 'late' | 'never' };
  /** The card gets to what it has not done yet. */
  catchUp(): void;
}

function openDesk({ uplink = site.uplink, synchronised = true } = {}): Desk {
  const clock = virtualClock();
  const recorded: ShelterEvent[] = [];
  const told: Help[] = [];
  const card: Desk['card'] = { answer: 'at once' };
  let late: (() => void)[] = [];
  const { uplink: _, ...rest } = site;
  const desk = createHelpDesk({
    site: () => ({ ...rest, ...(uplink && { uplink }) }),
    record(event) {
      recorded.push(event);
      if (card.answer === 'at once') return Promise.resolve(recorded.length);
      if (card.answer === 'never') return Promise.reject(new ShelterError('STORE_UNUSABLE', 'full'));
      return new Promise((resolve) => late.push(() => resolve(recorded.length)));
    },
    onChange: (help) => told.push(help),
    clock,
    isSynchronised: () => synchronised,
    random: Math.random,
  });
  return {
    ...{ desk, clock, recorded, told, card },
    catchUp() {
      for (const resolve of late) resolve();
      late = [];
    },
  };
}

function storedCall(changes: Partial<StoredEvent> = {}): StoredEvent {
  const detail = { id: 'old1', kind: 'call' };
  return {
    seq: 7,
    kind: 'help.requested',
    source: 'help',
    time: Date.UTC(2026, 0, 1),
    monotonic: 0,
    detail,
    ...changes,
  };
}

describe('a call for help', () => {
  it('is on the card as an event before it is acknowledged, and goes on to whoever answers', async () => {
    const { desk, recorded, told } = openDesk();
    const call = await desk.ask({ kind: 'low-floor', line: '101' });
    expect(call).toMatchObject({ kind: 'low-floor', line: '101', state: 'received', answer: null, age: 0 });
    expect(recorded).toEqual([
      expect.objectContaining({
        kind: 'help.requested',
        detail: { id: call.id, kind: 'low-floor', line: '101' },
      }),
    ]);

    desk.sent(recorded);
    expect(desk.now().calls[0]?.state).toBe('sent');
    desk.answer(call.id, { ko: '곧 도착합니다', en: 'On its way' });
    expect(desk.now().calls[0]).toMatchObject({
      state: 'answered',
      answer: { text: { ko: '곧 도착합니다', en: 'On its way' } },
    });
    expect(recorded.at(-1)).toMatchObject({ kind: 'help.answered', detail: { id: call.id } });
    expect(told.map(({ calls }) => calls[0]?.state)).toEqual(['requested', 'received', 'sent', 'answered']);
    for (const each of told) helpSchema.parse(each);
  });

  it('is acknowledged within a second where the card is slow, and its state follows', async () => {
    const { desk, clock, card, catchUp } = openDesk();
    card.answer = 'late';
    const asking = desk.ask({ kind: 'call' });
    await clock.advance(999);
    expect(await asking).toMatchObject({ state: 'requested' });
    catchUp();
    await clock.advance(0);
    expect(desk.now().calls[0]?.state).toBe('received');
  });

  it('says so where it can never be kept, and may then be made again', async () => {
    const { desk, card } = openDesk();
    card.answer = 'never';
    expect(await desk.ask({ kind: 'call' })).toMatchObject({ state: 'failed' });
    card.answer = 'at once';
    expect(await desk.ask({ kind: 'call' })).toMatchObject({ state: 'received' });
  });

  it('is the same call while nobody has answered it, however often it is made', async () => {
    const { desk, recorded } = openDesk();
    const first = await desk.ask({ kind: 'call' });
    for (let n = 0; n < 20; n++) expect((await desk.ask({ kind: 'call' })).id).toBe(first.id);
    expect((await desk.ask({ kind: 'low-floor', line: '1' })).id).not.toBe(first.id);
    desk.answer(first.id, { en: 'yes' });
    expect((await desk.ask({ kind: 'call' })).id).not.toBe(first.id);
    expect(recorded.filter(({ kind }) => kind === 'help.requested')).toHaveLength(3);
  });

  it('is refused where there were too many, with the time to wait, and taken again after that', async () => {
    const { desk, clock } = openDesk();
    for (let n = 0; n < 6; n++) await desk.ask({ kind: 'low-floor', line: `${n}` });
    await clock.advance(60_000);
    const refusal = await desk.ask({ kind: 'low-floor', line: '6' }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'API_LIMITED', retryAfter: 540_000 });
    await clock.advance(540_000);
    expect(await desk.ask({ kind: 'low-floor', line: '6' })).toMatchObject({ state: 'received' });
  });

  it('is refused where there is nobody to send it to', async () => {
    const clock = virtualClock();
    const { uplink: _, ...rest } = site;
    const desk = createHelpDesk({
      site: () => rest,
      record: async () => 1,
      onChange: () => {},
      clock,
      isSynchronised: () => true,
      random: Math.random,
    });
    expect(desk.now()).toMatchObject({ available: false, phone: '02-120' });
    await expect(desk.ask({ kind: 'call' })).rejects.toMatchObject({ code: 'HELP_UNAVAILABLE' });
  });

  it('leaves the screen after half an hour, and everybody is told', async () => {
    const { desk, clock, told } = openDesk();
    await desk.ask({ kind: 'call' });
    await clock.advance(1_799_000);
    expect(desk.now().calls).toHaveLength(1);
    await clock.advance(20_000);
    expect(desk.now().calls).toEqual([]);
    expect(told.at(-1)?.calls).toEqual([]);
  });

  it('that nobody made cannot be answered', () => {
    const { desk } = openDesk();
    expect(() => desk.answer('nobody', { en: 'yes' })).toThrow(/no call "nobody"/);
  });

  it('never falls back to an earlier state', async () => {
    const { desk, card, clock, catchUp, recorded } = openDesk();
    card.answer = 'late';
    const asking = desk.ask({ kind: 'call' });
    desk.sent(recorded);
    catchUp();
    await clock.advance(0);
    expect(await asking).toMatchObject({ state: 'sent' });
    desk.answer((await asking).id, { en: 'yes' });
    desk.sent(recorded);
    expect(desk.now().calls[0]?.state).toBe('answered');
  });
});

describe('calls of before a restart', () => {
  it('stand on the screen again, with their age and whether the city has them, unless they were answered', async () => {
    const { desk, clock } = openDesk();
    const past = [
      storedCall({ seq: 1, time: clock.now() - 1_900_000, detail: { id: 'older', kind: 'call' } }),
      storedCall({ seq: 2, time: clock.now() - 60_000 }),
      storedCall({ seq: 3, time: clock.now() - 50_000, detail: { id: 'x', kind: 'low-floor', line: '7' } }),
      storedCall({ seq: 4, time: clock.now() - 40_000, detail: { id: 'done', kind: 'call' } }),
      storedCall({ seq: 5, kind: 'help.answered', detail: { id: 'done', text: 'ok' } }),
      storedCall({ seq: 6, time: clock.now() + 40_000, detail: { id: 'future', kind: 'call' } }),
      storedCall({ seq: 7, detail: { id: 'nobody-knows-when', kind: 'call' }, unsynchronised: true }),
      storedCall({ seq: 8, kind: 'device.failing', detail: {} }),
    ];
    await desk.recall({ last: async () => past, isSent: async (seq) => seq === 2 });
    expect(desk.now().calls).toEqual([
      { id: 'old1', kind: 'call', line: null, state: 'sent', age: 60, answer: null },
      { id: 'x', kind: 'low-floor', line: '7', state: 'received', age: 50, answer: null },
    ]);
  });

  it('stay away while nobody knows the time', async () => {
    const { desk } = openDesk({ synchronised: false });
    await desk.recall({ last: async () => [storedCall()], isSent: async () => true });
    expect(desk.now().calls).toEqual([]);
  });
});

it('whatever is asked, answered and sent, what is told is as the contract has it and no call is lost within its time', async () => {
  const request: fc.Arbitrary<HelpRequest> = fc.record(
    { kind: fc.constantFrom('call', 'low-floor'), line: fc.constantFrom('1', '2', '백') },
    { requiredKeys: ['kind'] },
  );
  const step = fc.oneof(
    fc.record({ does: fc.constant('ask' as const), request }),
    fc.record({ does: fc.constant('answer' as const) }),
    fc.record({ does: fc.constant('send' as const) }),
    fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400_000 }) }),
    fc.record({ does: fc.constant('connect' as const), is: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { desk, clock, recorded, told } = openDesk();
      for (const each of steps) {
        if (each.does === 'ask') await desk.ask(each.request).catch(() => {});
        if (each.does === 'send') desk.sent(recorded);
        if (each.does === 'connect') desk.connect(each.is);
        if (each.does === 'wait') await clock.advance(each.ms);
        const first = desk.now().calls[0];
        if (each.does === 'answer' && first) desk.answer(first.id, { en: 'yes' });
        for (const help of told.splice(0)) helpSchema.parse(help);
      }
      const young = recorded.filter(
        ({ kind, monotonic }) => kind === 'help.requested' && clock.monotonic() - monotonic < 1_700_000,
      );
      const shown = desk.now().calls.map(({ id }) => id);
      for (const { detail } of young) expect(shown).toContain(detail.id);
      desk.stop();
    }),
    { numRuns: 40 },
  );
});
