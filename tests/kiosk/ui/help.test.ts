import { describe, expect, it } from 'vitest';
import type { Answer, Ask, Question } from '../../../kiosk/ui/state/ask.js';
import { createCalls } from '../../../kiosk/ui/state/calls.js';
import { helpTold } from '../../../kiosk/ui/state/help.js';
import { hear, lose, nothingYet } from '../../../kiosk/ui/state/live.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { now } from '../scene.js';
import { call, helpNow } from '../screens-scene.js';

const connected = hear(nothingYet, { name: 'now', data: now() }, 0);
const told = (help: ReturnType<typeof helpNow>) => hear(connected, { name: 'help', data: help }, 1_000);

describe('help on the screen', () => {
  it('offers no call before the shelter has said that there is somebody to call', () => {
    expect(helpTold(connected, 0)).toEqual({ canCall: false, phone: undefined, emergency: [], calls: [] });
    expect(helpTold(told(helpNow({ available: false })), 0).canCall).toBe(false);
    expect(helpTold(told(helpNow()), 0)).toMatchObject({ canCall: true, phone: '02-120' });
  });

  it('keeps the numbers where the shelter is lost, and offers no call', () => {
    expect(helpTold(lose(told(helpNow())), 0)).toMatchObject({ canCall: false, phone: '02-120' });
  });

  it('says of a saved call whether it waits for a connection, and how old it is', () => {
    const at = (connected: boolean) =>
      helpTold(told(helpNow({ connected, calls: [call()] })), 6_000).calls[0];
    expect(at(true)).toMatchObject({ step: 'received', age: 8 });
    expect(at(false)).toMatchObject({ step: 'waits' });
  });

  it('has the newest call first', () => {
    const help = helpNow({
      calls: [
        call({ id: 'first' }),
        call({ id: 'second', state: 'answered', answer: { text: { ko: '네' } } }),
      ],
    });
    expect(helpTold(told(help), 0).calls).toMatchObject([
      { id: 'second', answer: { ko: '네' } },
      { id: 'first' },
    ]);
  });
});

describe('a call', () => {
  function rig() {
    const clock = virtualClock();
    const asked: [string, Question | undefined][] = [];
    let answer: (given: Partial<Answer>) => void = () => {};
    const ask: Ask = (path, question) => {
      asked.push([path, question]);
      return new Promise((resolve) => {
        answer = (given) => resolve({ status: 0, body: undefined, retryAfter: undefined, ...given });
      });
    };
    return {
      calls: createCalls({ ask, clock }),
      clock,
      asked,
      answer: (given: Partial<Answer>) => answer(given),
    };
  }

  it('is answered at once on the screen, and again within a second where the shelter is silent', async () => {
    const { calls, clock, asked } = rig();
    calls.ask({ kind: 'low-floor', line: '470' });
    expect(asked).toEqual([['/api/v1/help', { body: { kind: 'low-floor', line: '470' } }]]);
    expect(calls.asked.value?.state).toBe('asking');
    await clock.advance(999);
    expect(calls.asked.value?.state).toBe('slow');
  });

  it.each([
    [{ status: 200, body: call() }, 'taken'],
    [{ status: 200, body: { ok: true } }, 'unanswered'],
    [{ status: 429 }, 'limited'],
    [{ status: 409 }, 'unavailable'],
    [{ status: 500 }, 'unanswered'],
    [{ status: 0 }, 'unanswered'],
  ])('whose answer is %o is %s', async (given, state) => {
    const { calls, clock, answer } = rig();
    calls.ask({ kind: 'call' });
    answer(given);
    await clock.advance(5_000);
    expect(calls.asked.value?.state).toBe(state);
  });
});
