import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../runtime/disk.js';
import { createGate, emptyLedger, ledgerSchema } from '../../../runtime/downlink/gate.js';
import { type Kind, kinds } from '../../../runtime/downlink/kinds.js';
import { Refusal } from '../../../runtime/downlink/refusal.js';
import { trustedTime } from '../../../runtime/downlink/trusted-time.js';
import { keptValue } from '../../../runtime/kept.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';
import { type Claims, claims, signer } from '../../rigs/city.js';
import { failingDisk } from '../../rigs/failing-disk.js';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
const city = signer();

function gateOf({
  disk = failingDisk(),
  synchronised = true,
  now = start,
  unsigned = [],
  keys = [city.trusted],
}: {
  disk?: Disk;
  synchronised?: boolean;
  now?: number;
  unsigned?: Kind[];
  keys?: (typeof city.trusted)[];
} = {}) {
  const clock = virtualClock(now);
  const sync = { is: synchronised };
  const ledger = keptValue({
    file: '/state/orders.json',
    schema: ledgerSchema,
    initial: emptyLedger,
    disk,
    clock,
    code: 'DOWNLINK_UNKEPT',
    onLost() {},
  });
  const time = trustedTime({ clock, isSynchronised: () => sync.is, floor: ledger.value().floor });
  const gate = createGate({ addressee: { device: 'a', keys, unsigned }, time, ledger });
  return { gate, clock, sync };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const order = (kind: Kind, changes: Partial<Claims> = {}) => bytes(city.sign(claims(kind, {}, changes)));

function reasonOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

describe('an order', () => {
  it('passes where it is signed, for this device, of the kind of its topic, and in time', () => {
    const { gate } = gateOf();
    for (const kind of Object.keys(kinds) as Kind[]) {
      expect(gate.judge(order(kind), kind)).toMatchObject({
        standing: 'new',
        order: { key: 'city-1', kind },
      });
    }
    expect(gate.judge(order('command', { aud: ['b', 'a'] }), 'command').standing).toBe('new');
  });

  it.each<[string, Partial<Claims>, string]>([
    ['for another device', { aud: 'b' }, 'wrong-device'],
    ['for some other devices', { aud: ['b', 'c'] }, 'wrong-device'],
    ['of another kind', { kind: 'desired' }, 'wrong-kind'],
    ['expired', { iat: start / 1_000 - 7_200, exp: start / 1_000 }, 'expired'],
    ['from the future', { iat: start / 1_000 + 600 }, 'from-the-future'],
    ['over before it begins', { exp: 5 }, 'malformed'],
    ['without a name', { jti: '' }, 'malformed'],
    ['without a time', { exp: undefined }, 'malformed'],
    ['without a place in the sequence', { seq: undefined }, 'malformed'],
    ['of a seq that is no whole number', { seq: 1.5 }, 'malformed'],
    ['of a seq beyond all numbers', { seq: 2 ** 60 }, 'malformed'],
    ['too deep', { body: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) }, 'malformed'],
  ])('is refused that is %s', (_, changes, reason) => {
    const { gate } = gateOf();
    expect(reasonOf(() => gate.judge(order('command', changes), 'command'))).toBe(reason);
  });

  it('is refused unsigned, too large, or as anything else than an order', () => {
    const { gate } = gateOf({ unsigned: ['arrivals'] });
    expect(reasonOf(() => gate.judge(bytes(JSON.stringify(claims('command', {}))), 'command'))).toBe(
      'unsigned',
    );
    expect(reasonOf(() => gate.judge(new Uint8Array(600_000), 'command'))).toBe('too-large');
    for (const kind of ['command', 'arrivals'] as const) {
      const isRefused = (any: Uint8Array) => reasonOf(() => gate.judge(any, kind)) !== undefined;
      fc.assert(fc.property(fc.uint8Array(), isRefused));
      fc.assert(fc.property(fc.json(), (any) => isRefused(bytes(city.sign(JSON.parse(any))))));
    }
  });

  it('needs no signature where the site says so, and must have a right one where it has any', () => {
    const { gate } = gateOf({ unsigned: ['arrivals'] });
    const bare = bytes(JSON.stringify(claims('arrivals', {})));
    expect(gate.judge(bare, 'arrivals').order.key).toBeNull();
    expect(gate.judge(order('arrivals'), 'arrivals').order.key).toBe('city-1');
    const forged = bytes(signer('city-1').sign(claims('arrivals', {})));
    expect(reasonOf(() => gate.judge(forged, 'arrivals'))).toBe('bad-signature');
  });

  it('needs a key that may sign its kind', () => {
    const transit = signer('transit', ['content']);
    const { gate } = gateOf({ keys: [city.trusted, transit.trusted] });
    expect(gate.judge(bytes(transit.sign(claims('arrivals', {}))), 'arrivals').standing).toBe('new');
    for (const kind of ['command', 'desired', 'emergency'] as const) {
      expect(reasonOf(() => gate.judge(bytes(transit.sign(claims(kind, {}))), kind))).toBe('not-permitted');
    }
    expect(gate.trusts('arrivals', 'transit')).toBe(true);
    expect(gate.trusts('emergency', 'transit')).toBe(false);
    expect(gate.trusts('arrivals', null)).toBe(false);
  });
});

describe('an order that was said before', () => {
  it('is known as such, after a restart too', async () => {
    const disk = failingDisk();
    const { gate } = gateOf({ disk });
    const [first, second] = [order('command', { seq: 7 }), order('command', { seq: 8 })];
    await gate.remember(gate.judge(first, 'command').order);
    await gate.remember(gate.judge(second, 'command').order);
    for (const { gate: each } of [{ gate }, gateOf({ disk })]) {
      expect(each.judge(first, 'command').standing).toBe('old');
      expect(each.judge(second, 'command').standing).toBe('last');
      expect(each.judge(order('command', { seq: 9 }), 'command').standing).toBe('new');
    }
  });

  it('counts for each key and kind apart', async () => {
    const other = signer('city-2');
    const { gate } = gateOf({ keys: [city.trusted, other.trusted] });
    await gate.remember(gate.judge(order('command', { seq: 100 }), 'command').order);
    expect(gate.judge(order('desired', { seq: 1 }), 'desired').standing).toBe('new');
    expect(gate.judge(bytes(other.sign(claims('command', {}, { seq: 1 }))), 'command').standing).toBe('new');
  });
});

describe('a device that does not know the time', () => {
  it('believes what was not said before, whatever its clock shows', () => {
    for (const now of [0, start + 1_000 * 24 * hour]) {
      const { gate } = gateOf({ synchronised: false, now });
      expect(gate.judge(order('command'), 'command').standing).toBe('new');
    }
  });

  it('refuses what expired before a time that the city has signed, after a restart too', async () => {
    const disk = failingDisk();
    const { gate, clock } = gateOf({ disk, synchronised: false, now: 0 });
    const late = order('command', { iat: start / 1_000, exp: start / 1_000 + 60 });
    await gate.remember(gate.judge(order('desired'), 'desired').order);
    expect(gate.judge(late, 'command').standing).toBe('new');
    await clock.advance(60_000);
    expect(reasonOf(() => gate.judge(late, 'command'))).toBe('expired');

    await gate.remember(gate.judge(order('desired', { iat: start / 1_000 + 60 }), 'desired').order);
    const { gate: restarted } = gateOf({ disk, synchronised: false, now: 0 });
    expect(reasonOf(() => restarted.judge(late, 'command'))).toBe('expired');
  });

  it('judges by the time again once it knows it', () => {
    const { gate, sync } = gateOf({ synchronised: false, now: start + 2 * hour });
    const late = order('command');
    expect(gate.judge(late, 'command').standing).toBe('new');
    sync.is = true;
    expect(reasonOf(() => gate.judge(late, 'command'))).toBe('expired');
  });

  it('takes no time from an order that nobody signed', async () => {
    const disk = failingDisk();
    const { gate } = gateOf({ disk, synchronised: false, now: 0, unsigned: ['arrivals'] });
    const future = bytes(JSON.stringify(claims('arrivals', {}, { iat: start / 1_000 + 1e8 })));
    await gate.remember(gate.judge(future, 'arrivals').order);
    for (const each of [gate, gateOf({ disk, synchronised: false, now: 0 }).gate]) {
      expect(each.judge(order('command'), 'command').standing).toBe('new');
    }
  });
});
