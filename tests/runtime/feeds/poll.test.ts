import { describe, expect, it, onTestFinished } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import type { FoundArrival, Report } from '../../../runtime/feeds/found.js';
import { type FeedCondition, pollFeed } from '../../../runtime/feeds/poll.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

const bus = (clock: { now(): number }): FoundArrival => ({
  line: '5',
  destination: { ko: '서울역' },
  expected: clock.now() + 60_000,
  basis: 'live',
  asOf: clock.now(),
  status: 'running',
});

function rig() {
  const clock = virtualClock();
  const told = { rounds: 0, tellings: 0, conditions: [] as FeedCondition[], synchronised: true, left: 1_000 };
  const start = clock.now();
  let next: () => Promise<Report> = async () => ({
    findings: { arrivals: [bus(clock)] },
    mark: `${clock.now()}`,
  });
  const poll = pollFeed({
    feed: {
      id: 'tago',
      ask() {
        told.rounds += 1;
        return next();
      },
      pace: () => 30_000,
      hide: (text) => text.replaceAll('secret', '…'),
    },
    quota: { left: () => told.left, endsAt: () => start + 86_400_000 },
    clock,
    random: () => 0.5,
    isSynchronised: () => told.synchronised,
    onTold: () => {
      told.tellings += 1;
    },
    onCondition: (condition) => told.conditions.push(condition),
  });
  onTestFinished(poll.stop);
  return {
    clock,
    told,
    poll,
    answerWith(answer: () => Promise<Report>) {
      next = answer;
    },
    failWith(error: Error) {
      next = async () => {
        throw error;
      };
    },
  };
}

describe('a feed', () => {
  it('is asked at its pace, and says how it is', async () => {
    const { poll, clock, told } = rig();
    expect(poll.condition()).toEqual({ state: 'starting' });
    poll.start();
    await clock.advance(31_500);
    expect(told.rounds).toBe(2);
    expect(poll.condition()).toEqual({ state: 'ok' });
    expect(poll.told()).toMatchObject({ feed: 'tago', findings: { arrivals: [{ line: '5' }] } });
  });

  it('is not asked before the time is known: no arrival would mean anything', async () => {
    const { poll, clock, told } = rig();
    told.synchronised = false;
    poll.start();
    await clock.advance(3_600_000);
    expect(told.rounds).toBe(0);
    told.synchronised = true;
    await clock.advance(5_000);
    expect(told.rounds).toBe(1);
  });

  it('that fails is asked less and less often, keeps what it told, and comes back by itself', async () => {
    const { poll, clock, told, failWith, answerWith } = rig();
    poll.start();
    await clock.advance(0);
    failWith(new ShelterError('FEED_UNREACHABLE', 'down'));
    await clock.advance(3_600_000);
    expect(told.rounds).toBeGreaterThan(20);
    expect(told.rounds).toBeLessThan(90);
    expect(poll.condition()).toMatchObject({ state: 'failing', problem: { code: 'FEED_UNREACHABLE' } });
    expect(poll.told()).toBeDefined();
    answerWith(async () => ({ findings: { arrivals: [] } }));
    await clock.advance(120_000);
    expect(poll.condition()).toEqual({ state: 'ok' });
  });

  it('that only a person can mend is asked seldom', async () => {
    const { poll, clock, told, failWith } = rig();
    failWith(new ShelterError('FEED_REFUSED', 'unknown key'));
    poll.start();
    await clock.advance(6 * 3_600_000);
    expect(told.rounds).toBeLessThan(60);
  });

  it('whose calls are used up is asked again in the new day, or in an hour', async () => {
    const { poll, clock, told, failWith } = rig();
    failWith(new ShelterError('FEED_QUOTA', 'used up'));
    told.left = 0;
    poll.start();
    await clock.advance(3_599_000);
    expect(told.rounds).toBe(1);
    await clock.advance(2_000);
    expect(told.rounds).toBe(2);
  });

  it('with few calls left does not waste them on failures', async () => {
    const { poll, clock, told, failWith } = rig();
    failWith(new ShelterError('FEED_UNREACHABLE', 'down'));
    told.left = 12;
    poll.start();
    await clock.advance(3_600_000);
    expect(told.rounds).toBeLessThanOrEqual(2);
  });

  it('that tells some nonsense goes on with the rest, and is doubted', async () => {
    const { poll, clock, answerWith } = rig();
    const doubt = new ShelterError('FEED_NONSENSE', 'Line 5 is said to come in 400 min with the key secret.');
    answerWith(async () => ({ findings: { arrivals: [bus(clock)] }, doubt }));
    poll.start();
    await clock.advance(0);
    expect(poll.condition()).toMatchObject({
      state: 'doubtful',
      problem: { code: 'FEED_NONSENSE', message: 'Line 5 is said to come in 400 min with the key ….' },
    });
    expect(poll.told()?.findings.arrivals).toHaveLength(1);
  });

  it('that says the same for five minutes while buses are on their way stands still', async () => {
    const { poll, clock, answerWith } = rig();
    const same = bus(clock);
    answerWith(async () => ({ findings: { arrivals: [same] }, mark: 'same' }));
    poll.start();
    await clock.advance(290_000);
    expect(poll.condition()).toEqual({ state: 'ok' });
    await clock.advance(60_000);
    expect(poll.condition()).toMatchObject({
      state: 'doubtful',
      problem: { code: 'FEED_STUCK', message: expect.stringMatching(/for [56] min/) },
    });
    answerWith(async () => ({ findings: { arrivals: [same] }, mark: 'new' }));
    await clock.advance(60_000);
    expect(poll.condition()).toEqual({ state: 'ok' });
  });

  it('may say all night that nothing comes', async () => {
    const { poll, clock, answerWith } = rig();
    answerWith(async () => ({ findings: { arrivals: [] }, mark: 'none' }));
    poll.start();
    await clock.advance(6 * 3_600_000);
    expect(poll.condition()).toEqual({ state: 'ok' });
  });

  it('that throws something else is a feed that talks nonsense, and no crash', async () => {
    const { poll, clock, failWith } = rig();
    failWith(new TypeError('x is not a function'));
    poll.start();
    await clock.advance(0);
    expect(poll.condition()).toMatchObject({ state: 'failing', problem: { code: 'FEED_NONSENSE' } });
  });

  it('is left alone once stopped, also by an answer that comes late', async () => {
    const { poll, clock, told, answerWith } = rig();
    let answer = (_report: Report) => {};
    answerWith(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    poll.start();
    await clock.advance(0);
    poll.stop();
    answer({ findings: { arrivals: [] } });
    await clock.advance(3_600_000);
    expect([told.rounds, told.tellings, poll.told()]).toEqual([1, 0, undefined]);
  });
});
