import { describe, expect, it } from 'vitest';
import type { Span, Store } from '../../../runtime/store/port.js';
import type { Message, Session } from '../../../runtime/uplink/link.js';
import { createResend } from '../../../runtime/uplink/resend.js';
import { carried, seqDialogue } from './fakes.js';
import { event, reading } from './rows.js';

/** A store that has only these seqs of either log. */
function storeOf(seqs: readonly number[]): Pick<Store, 'read'> {
  const rows = { readings: seqs.map((seq) => reading(seq)), events: seqs.map((seq) => event(seq)) };
  const within =
    ({ first, last }: Span) =>
    ({ seq }: { seq: number }) =>
      seq >= first && seq <= last;
  return {
    read: async (log, span, most) => rows[log].filter(within(span)).slice(0, most) as never,
  };
}

function resending(seqs: readonly number[], { connected = true } = {}) {
  const said: Message[] = [];
  const publish = async (message: Message) => void said.push(message);
  const session: Session = { dialogue: seqDialogue, width: 1, publish };
  const resend = createResend({
    store: storeOf(seqs),
    link: {
      publish,
      onConnected(listener) {
        if (connected) listener(session);
        return () => {};
      },
    },
    batch: 3,
  });
  return { resend, said };
}

describe('resending', () => {
  it('publishes the rows of a range in batches, as a backlog, whatever gaps there are', async () => {
    const { resend, said } = resending([1, 2, 3, 4, 7, 8, 9, 10, 11]);
    expect(await resend('readings', { first: 2, last: 10 })).toBe(7);
    expect(said.map(carried)).toEqual([
      { log: 'readings', age: 'backlog', seqs: [2, 3, 4] },
      { log: 'readings', age: 'backlog', seqs: [7, 8, 9] },
      { log: 'readings', age: 'backlog', seqs: [10] },
    ]);
  });

  it('publishes events too, and nothing where there is nothing', async () => {
    const { resend, said } = resending([5]);
    expect(await resend('events', { first: 1, last: 9 })).toBe(1);
    expect(await resend('events', { first: 6, last: 9 })).toBe(0);
    expect(said.map(carried)).toEqual([{ log: 'events', age: '', seqs: [5] }]);
  });

  it('fails without a connection', async () => {
    const { resend } = resending([1], { connected: false });
    await expect(resend('readings', { first: 1, last: 1 })).rejects.toMatchObject({
      code: 'UPLINK_UNREACHABLE',
    });
  });
});
