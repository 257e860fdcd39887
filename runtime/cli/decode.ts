import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import { ShelterError } from '../../config/errors.js';
import { didYouMean } from '../../config/wiring.js';
import { DriverError, type SerialDriver } from '../../drivers/contract.js';
import { createFramer } from '../../drivers/framing/framer.js';
import { drivers } from '../../drivers/index.js';
import { exitCodes, writeError } from './exit-codes.js';
import { hexReader } from './hex.js';

/** `ushelter decode`: what a capture of a serial sensor's bytes says. */
export function decodeCommand(): Command {
  return new Command('decode')
    .argument('<model>', `one of ${decodable().join(', ')}`)
    .argument('[file]', 'the capture; - or nothing reads standard input', '-')
    .option('--binary', 'the capture is raw bytes; otherwise it is hex text with any white space')
    .addHelpText(
      'after',
      `
Values are in the catalogue's units: ug/m3, Cel, %RH, hPa, or a count in 0.1 L of air.
The last line on standard error counts what was not a sample.

Examples:
  echo 'AA C0 D4 04 3A 0A A1 60 1D AB' | ushelter decode sds011
  ushelter decode pms5003 --binary capture.bin

Exit codes: 0 at least one sample; 1 none, or the capture cannot be read; 2 usage.`,
    )
    .action(async (model: string, file: string, { binary }: { binary?: true }, command: Command) => {
      const driver = drivers.find((each) => each.model === model);
      if (driver?.link !== 'serial') {
        const why = driver
          ? `${driver.title} sends no frames of its own on a serial line; there is ${decodable().join(', ')}`
          : `there is no model "${model}"${didYouMean(model, decodable())}`;
        return command.error(`error: ${why}`);
      }
      const samples = await decode(driver, binary ? bytesOf(file) : hexOf(file));
      process.exitCode = samples > 0 ? exitCodes.done : exitCodes.failed;
    });
}

/** @returns how many samples there were; a capture that breaks off is complained of, and what came before counts */
async function decode(driver: SerialDriver, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const framer = createFramer(driver.framing);
  const counts = { samples: 0, other: 0, contradictions: 0 };

  function take(frame: Uint8Array): void {
    try {
      const decoded = driver.decode(frame);
      if (decoded.kind !== 'sample') {
        counts.other++;
        return;
      }
      counts.samples++;
      process.stdout.write(`${JSON.stringify({ model: driver.model, values: decoded.sample })}\n`);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      counts.contradictions++;
    }
  }

  try {
    for await (const chunk of chunks) for (const frame of framer.push(chunk)) take(frame);
  } catch (error) {
    process.stderr.write(writeError(error));
  }
  for (const frame of framer.finish()) take(frame);

  const { rejectedBytes, badFrames } = framer.counts();
  process.stderr.write(
    `${counts.samples} samples, ${counts.other} other frames, ` +
      `${badFrames + counts.contradictions} bad frames, ${rejectedBytes} bytes rejected\n`,
  );
  return counts.samples;
}

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'Check the path and that you may read the file.';
    throw new ShelterError('CAPTURE_UNREADABLE', `${file}: ${reason}`, { cause, hint });
  }
}

async function* hexOf(file: string): AsyncIterable<Uint8Array> {
  const reader = hexReader(file === '-' ? 'standard input' : file);
  const text = new TextDecoder();
  for await (const chunk of bytesOf(file)) {
    const bytes: number[] = [];
    try {
      reader.push(text.decode(chunk, { stream: true }), (byte) => bytes.push(byte));
    } finally {
      // What came before a mistake counts.
      yield Uint8Array.from(bytes);
    }
  }
  reader.finish();
}

function decodable(): string[] {
  return drivers.filter(({ link }) => link === 'serial').map(({ model }) => model);
}
