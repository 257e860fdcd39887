import {
  type Command,
  type Decoded,
  DriverError,
  type Frame,
  type Sample,
  type SerialDriver,
  type SerialPlan,
} from '../../../drivers/contract.js';
import type { Clock, SerialPorts } from '../../../drivers/ports.js';
import { listeners, pause } from '../../waiting.js';
import { type FrameStream, openFrameStream } from './frame-stream.js';
import type { SensorLink } from './link.js';

/** How long a device may take to acknowledge a command, in ms, and how often it is told. */
const acknowledgement = { patience: 1_000, tries: 3 };

/** After so long, in ms, a device that had nothing new is asked again. */
const askedAgain = 500;

type Measured = Extract<Decoded, { kind: 'sample' | 'unready' }>;

export interface SerialLinkParts {
  driver: SerialDriver;
  plan: SerialPlan;
  path: string;
  ports: SerialPorts;
  clock: Clock;
  /** Told of each frame that contradicts itself and each command that was not acknowledged. */
  complain: (error: DriverError) => void;
}

/** Carries out a serial driver's plan: opens the port, prepares the device, asks, listens, lets it sleep. */
export function serialLink({ driver, plan, path, ports, clock, complain }: SerialLinkParts): SensorLink {
  const { line, framing } = driver;
  const lost = listeners<Error>();
  let stream: FrameStream | undefined;
  let settled = Number.NEGATIVE_INFINITY;
  const { cleanFan } = plan;

  function decode(frame: Frame): Decoded | DriverError {
    try {
      return driver.decode(frame);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      complain(error);
      return error;
    }
  }

  function opened(): FrameStream {
    if (!stream) throw new DriverError('DEVICE_LOST', `${path} is not open`);
    return stream;
  }

  /** Rejects with DEVICE_REFUSED where the device never acknowledges it. */
  async function order(device: FrameStream, { name, bytes, acknowledgedBy }: Command): Promise<void> {
    if (!acknowledgedBy) return device.send(bytes);
    for (let attempt = 0; attempt < acknowledgement.tries; attempt++) {
      const answer = device.next((frame) => acknowledgedBy(frame) || undefined, acknowledgement.patience);
      answer.catch(() => {});
      await device.send(bytes);
      if (await answer.catch(unlessSilent)) return;
    }
    throw new DriverError('DEVICE_REFUSED', `${path}: ${driver.title} did not acknowledge "${name}"`);
  }

  /** A device that never acknowledges is complained of, not given up: what counts is whether it measures. */
  async function command(device: FrameStream, wanted: Command): Promise<void> {
    try {
      await order(device, wanted);
    } catch (error) {
      if (!(error instanceof DriverError) || error.code !== 'DEVICE_REFUSED') throw error;
      complain(error);
    }
  }

  /** A device that has measured nothing new may just be cleaning its fan of its own accord. */
  async function measurement(device: FrameStream): Promise<Sample> {
    const patience = plan.patience + (cleanFan?.lasts ?? 0);
    const end = clock.monotonic() + patience;
    while (clock.monotonic() < end) {
      const answer = await ask(device);
      if (answer.kind === 'sample') return answer.sample;
      await pause(clock, askedAgain);
    }
    const message = `${path}: ${driver.title} answers, but has measured nothing for ${patience / 1_000} s`;
    throw new DriverError('DEVICE_SILENT', message);
  }

  /** Rejects with what the device last said instead of an answer, or with DEVICE_SILENT where it said nothing. */
  async function ask(device: FrameStream): Promise<Measured> {
    let instead: DriverError | undefined;
    const answer = device.next((frame) => {
      const decoded = decode(frame);
      if (decoded instanceof DriverError) instead = decoded;
      else if (decoded.kind === 'sample' || decoded.kind === 'unready') return decoded;
      return undefined;
    }, plan.patience);
    answer.catch(() => {});
    if (plan.request) await device.send(plan.request.bytes);
    return answer.catch((error) => {
      throw isSilence(error) ? (instead ?? error) : error;
    });
  }

  return {
    lead: plan.rest?.warmUp ?? 0,
    async open() {
      stream = await openFrameStream({ ports, path, line, framing, clock }, () => {});
      stream.onLost(lost.call);
      for (const wanted of plan.prepare) await command(opened(), wanted);
      settled = clock.monotonic() + (plan.settling ?? 0);
    },
    async sample() {
      // One device from beginning to end: a sample that outlives its device must not disturb the next one's.
      const device = opened();
      const unsettled = settled - clock.monotonic();
      if (unsettled > 0) await pause(clock, unsettled);
      if (plan.rest) {
        await command(device, plan.rest.wake);
        await pause(clock, plan.rest.warmUp);
      }
      const taken = await measurement(device);
      if (plan.rest) await command(device, plan.rest.sleep);
      return taken;
    },
    onLost: lost.add,
    ...(cleanFan && {
      cleanFan: async () => {
        await order(opened(), cleanFan.command);
        await pause(clock, cleanFan.lasts);
      },
    }),
    async close() {
      const closing = stream;
      stream = undefined;
      await closing?.close().catch(() => {});
    },
  };
}

function unlessSilent(error: unknown): false {
  if (isSilence(error)) return false;
  throw error;
}

function isSilence(error: unknown): boolean {
  return error instanceof DriverError && error.code === 'DEVICE_SILENT';
}
