import type { Air, PoweredTwin, SerialTwin, Surroundings } from '../contract.js';
import { commandWindow } from './command-window.js';
import { repeat } from './repeat.js';
import { seenShare } from './spin-up.js';

/** Nova SDS011, after its specification V1.3 and its control protocol V1.3. */

/** What the sensor tells of the air, in µg/m³. */
export interface Sds011Report {
  pm2_5: number;
  pm10: number;
}

/** What stays when the power goes. */
interface Memory {
  /** Two bytes that name the sensor. */
  id: number;
  reporting: 'active' | 'query';
  /** Minutes of a cycle that works 30 s and sleeps for the rest; 0 works without a pause. */
  period: number;
}

const most: Sds011Report = { pm2_5: 999.9, pm10: 1999.9 };
const firmware = [15, 7, 10] as const;
const commandLength = 19;
const anyone = 0xffff;
const workingSpan = 30_000;
const settled = 15_000;

/** Seen on the wire of a real one, as its UART starts; two bytes look like the head of a report. */
const wakingNoise = Uint8Array.of(0xad, 0x50, 0xaa, 0xc0, 0x5e, 0xdd);

/** A new sensor as it leaves the factory. It starts as one that has run for a while. */
export function sds011(): SerialTwin {
  const memory: Memory = { id: 0xa160, reporting: 'active', period: 0 };
  return {
    model: 'sds011',
    line: { baudRate: 9_600 },
    powerUp: (surroundings) => powerUp(memory, surroundings),
  };
}

/** The frame of a report; each value is rounded to 0.1 and held between 0 and what two bytes can say. */
export function encodeSds011Report({ pm2_5, pm10 }: Sds011Report, id = 0xa160): Uint8Array {
  return answer(0xc0, [...littleEndian(pm2_5 * 10), ...littleEndian(pm10 * 10)], id);
}

function powerUp(memory: Memory, { air, clock, send }: Surroundings): PoweredTwin {
  let awake = true;
  let started = Number.NEGATIVE_INFINITY;
  let cycleStart = clock.monotonic();

  /** Time since the working span of the cycle began. */
  const inCycle = () => (clock.monotonic() - cycleStart) % (memory.period * 60_000);

  function working(): boolean {
    return awake && (memory.period === 0 || inCycle() < workingSpan);
  }

  function report(): Uint8Array {
    const running = clock.monotonic() - started;
    const share = seenShare(memory.period === 0 ? running : Math.min(running, inCycle()), settled);
    return encodeSds011Report(sense(air(), share), memory.id);
  }

  function acknowledgement(what: number, ...details: [number, number, number]): Uint8Array {
    return answer(0xc5, [what, ...details], memory.id);
  }

  function wake(): void {
    if (!working()) {
      send(wakingNoise);
      started = clock.monotonic();
    }
    awake = true;
    cycleStart = clock.monotonic();
  }

  /** Each second: a sensor at continuous work reports, a periodic one in the last second of its working span. */
  function tick(): void {
    if (memory.reporting !== 'active' || !working()) return;
    if (memory.period === 0 || inCycle() >= workingSpan - 1_000) send(report());
  }

  function obey(command: readonly number[]): Uint8Array | undefined {
    const [, , what, set = 0, value = 0] = command;
    if (what === 0x06) {
      if (set === 1 && value === 1) wake();
      if (set === 1 && value === 0) awake = false;
      return acknowledgement(what, set, awake ? 1 : 0, 0);
    }
    if (!working()) return undefined;
    switch (what) {
      case 0x02:
        if (set === 1) memory.reporting = value === 1 ? 'query' : 'active';
        return acknowledgement(what, set, memory.reporting === 'query' ? 1 : 0, 0);
      case 0x04:
        return report();
      case 0x05:
        memory.id = word(command, 13);
        return acknowledgement(what, 0, 0, 0);
      case 0x07:
        return acknowledgement(what, ...firmware);
      case 0x08:
        if (set === 1 && value <= 30) {
          memory.period = value;
          cycleStart = clock.monotonic();
        }
        return acknowledgement(what, set, memory.period, 0);
      default:
        return undefined;
    }
  }

  const receive = commandWindow(commandLength, isCommand, (command) => {
    if (![anyone, memory.id].includes(word(command, 15))) return;
    const reply = obey(command);
    if (reply) send(reply);
  });
  return { receive, powerDown: repeat(clock, 1_000, tick) };
}

function sense(air: Air, share: number): Sds011Report {
  return {
    pm2_5: Math.min(most.pm2_5, air.pm2_5 * share),
    pm10: Math.min(most.pm10, air.pm10 * share),
  };
}

function isCommand(bytes: readonly number[]): boolean {
  return (
    bytes[0] === 0xaa && bytes[1] === 0xb4 && bytes[17] === checksum(bytes.slice(2, 17)) && bytes[18] === 0xab
  );
}

function answer(kind: number, four: readonly number[], id: number): Uint8Array {
  const body = [...four, id >> 8, id & 0xff];
  return Uint8Array.of(0xaa, kind, ...body, checksum(body), 0xab);
}

function checksum(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum + byte, 0) % 256;
}

function littleEndian(value: number): [number, number] {
  const whole = Math.min(0xffff, Math.max(0, Math.round(value)));
  return [whole & 0xff, whole >> 8];
}

function word(bytes: readonly number[], at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}
