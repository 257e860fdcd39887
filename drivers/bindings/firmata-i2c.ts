import type { Firmata } from 'firmata-io';
import { DriverError } from '../contract.js';
import type { Cancel, Clock } from '../ports.js';
import { oneAtATime } from './one-at-a-time.js';

/** The I2C bus of a Firmata board. */
export interface I2cBus {
  write(address: number, bytes: readonly number[]): void;
  /**
   * Reads exactly `length` bytes. Rejects with a DriverError: DEVICE_SILENT where the board does not answer,
   * DEVICE_NONSENSE where the answer is not whole.
   */
  read(request: I2cRead): Promise<readonly number[]>;
  /** What is under way never settles. */
  close(): void;
}

export interface I2cRead {
  address: number;
  register?: number;
  length: number;
}

const message = { request: 0x76, config: 0x78 };
const mode = { write: 0x00, readOnce: 0x08 };

/** A board answers at once, in a few ms at 57600 baud; a network in between may add to that. */
const answerTime = 1_000;

/** A board that answers so many requests in a row with nothing is gone, whatever its port says. */
const unansweredMost = 3;

/**
 * Reads go out one at a time: the firmware cannot say which request failed. It sends a text that too few bytes came,
 * and then an answer all the same, filled with those of an earlier one. Requests are sent as bare messages, because
 * firmata-io's own functions for I2C keep each board in a list for ever.
 *
 * @param onDead called when the board has stopped answering
 */
export function firmataI2c({
  io,
  clock,
  onDead,
}: {
  io: Firmata;
  clock: Clock;
  onDead: (error: DriverError) => void;
}): I2cBus {
  const inTurn = oneAtATime();
  let answerIsFalse = false;
  let unanswered = 0;
  let abandon: Cancel = () => {};

  io.on('string', (text: string) => {
    if (/bytes received/i.test(text)) answerIsFalse = true;
  });
  io.sysexCommand([message.config, 0, 0]);

  function ask({ address, register, length }: I2cRead): Promise<readonly number[]> {
    const answered = `I2C-reply-${address}-${register ?? 0}`;
    const device = `the I2C device at 0x${address.toString(16)}`;
    return new Promise((resolve, reject) => {
      const cancelDeadline = clock.after(answerTime, () => {
        abandon();
        unanswered++;
        const error = new DriverError('DEVICE_SILENT', `The board did not answer for ${device}.`);
        reject(error);
        if (unanswered === unansweredMost) onDead(error);
      });
      const take = (bytes: readonly number[]) => {
        abandon();
        unanswered = 0;
        if (!answerIsFalse && isWhole(bytes, length)) resolve(bytes);
        else reject(new DriverError('DEVICE_NONSENSE', `The board had no ${length} bytes of ${device}.`));
      };
      abandon = () => {
        cancelDeadline();
        io.off(answered, take);
      };
      answerIsFalse = false;
      io.on(answered, take);
      const where = register === undefined ? [] : [register];
      io.sysexCommand([message.request, address, mode.readOnce, ...pairs([...where, length])]);
    });
  }

  return {
    write(address, bytes) {
      io.sysexCommand([message.request, address, mode.write, ...pairs(bytes)]);
    },
    read: (request) => inTurn(() => ask(request)),
    close: () => abandon(),
  };
}

/** Each byte as its low seven bits, then the one that is left. */
function pairs(bytes: readonly number[]): number[] {
  return bytes.flatMap((byte) => [byte & 0x7f, byte >> 7]);
}

function isWhole(bytes: readonly number[], length: number): boolean {
  return bytes.length === length && bytes.every((byte) => byte >= 0 && byte <= 0xff);
}
