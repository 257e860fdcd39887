import {
  type Command,
  type Decoded,
  DriverError,
  type Frame,
  type SerialDriver,
  type SerialPlan,
} from '../../../drivers/contract.js';
import type { Clock, SerialPorts } from '../../../drivers/ports.js';
import { listeners, pause } from '../../waiting.js';
import { type FrameStream, openFrameStream } from './frame-stream.js';
import type { SensorLink } from './link.js';

/** How long a device may take to acknowledge a command, in ms, and how often it is told. */
const acknowledgement = { patience: 1_000, tries: 3 };

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
  const { cleanFan } = plan;

  function decode(frame: Frame): Decoded | undefined {
    try {
      return driver.decode(frame);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      complain(error);
      return undefined;
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

  return {
    lead: plan.rest?.warmUp ?? 0,
    async open() {
      stream = await openFrameStream({ ports, path, line, framing, clock }, () => {});
      stream.onLost(lost.call);
      for (const wanted of plan.prepare) await command(opened(), wanted);
    },
    async sample() {
      // One device from beginning to end: a sample that outlives its device must not disturb the next one's.
      const device = opened();
      if (plan.rest) {
        await command(device, plan.rest.wake);
        await pause(clock, plan.rest.warmUp);
      }
      const sample = device.next((frame) => {
        const decoded = decode(frame);
        return decoded?.kind === 'sample' ? decoded.sample : undefined;
      }, plan.patience);
      sample.catch(() => {});
      if (plan.request) await device.send(plan.request.bytes);
      const taken = await sample;
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
  if (error instanceof DriverError && error.code === 'DEVICE_SILENT') return false;
  throw error;
}
