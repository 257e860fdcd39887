import { randomBytes } from 'node:crypto';
import type { SerialDriver } from '../../drivers/contract.js';
import { createFramer } from '../../drivers/framing/framer.js';
import { drivers } from '../../drivers/index.js';
import { createSerialTwin, modelledEnvironment, virtualClock } from '../../simulators/index.js';
import { type Bench, type Figure, median } from './bench.js';

/** Bytes that come at once. */
const chunkSize = 64;

/** Reports of the twin, one a second, that are pushed over and over. */
const reports = 1_000;

/** Of each measurement; the first is for warming up. */
const rounds = 6;

/** In ms. */
const round = 300;

/** How fast bytes become samples. */
export const framing: Bench = {
  name: 'framing',
  about: `Framing and decoding of what each serial twin sends in ${reports} s of a modelled day, asked each second where it
must be, in chunks of ${chunkSize} bytes; medians of ${rounds - 1} rounds of
${round} ms. A plain pass adds up the same chunks byte by byte.`,
  async measure() {
    const serial = drivers.filter((driver) => driver.link === 'serial');
    const figures = [];
    for (const driver of serial) figures.push(...measureDriver(driver, await recordingOf(driver)));
    return figures;
  },
};

/** What the driver's twin sends by itself, or when it is asked each second. */
async function recordingOf(driver: SerialDriver): Promise<Uint8Array> {
  const { model } = driver;
  const twin = createSerialTwin(model);
  if (!twin) throw new Error(`${model} has no twin`);
  const { prepare, request } = driver.plan(driver.options.parse({}));
  const clock = virtualClock();
  const environment = modelledEnvironment(1);
  const sent: Uint8Array[] = [];
  const powered = twin.powerUp({
    clock,
    air: () => environment.at(clock.now()),
    send: (message) => void sent.push(message),
  });
  for (const { bytes } of prepare) powered.receive(bytes);
  for (let second = 0; second < reports; second++) {
    await clock.advance(1_000);
    if (request) powered.receive(request.bytes);
  }
  powered.powerDown();
  return Buffer.concat(sent);
}

function measureDriver(driver: SerialDriver, recording: Uint8Array): Figure[] {
  const { model, line } = driver;
  const chunks = chunksOf(recording);
  const noise = chunksOf(randomBytes(recording.length));
  const frames = decode(driver, chunks);
  const bytesPerSecond = passesPerSecond(() => decode(driver, chunks)) * recording.length;
  const noisePerSecond = passesPerSecond(() => decode(driver, noise)) * recording.length;
  const plain = {
    what: 'a plain pass',
    value: (passesPerSecond(() => addUp(chunks)) * recording.length) / 1e6,
  };
  const framesPerByte = frames / recording.length;
  return [
    {
      what: `${model}, frames`,
      value: bytesPerSecond * framesPerByte,
      unit: '/s',
      reference: {
        what: `a full line of ${line.baudRate} baud`,
        value: (line.baudRate / bitsPerByte) * framesPerByte,
      },
    },
    { what: `${model}, bytes`, value: bytesPerSecond / 1e6, unit: 'MB/s', reference: plain },
    { what: `${model}, random bytes`, value: noisePerSecond / 1e6, unit: 'MB/s', reference: plain },
  ];
}

/** On the wire: start bit, eight data bits, stop bit. */
const bitsPerByte = 10;

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / chunkSize);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
}

/** @returns how many samples there were */
function decode(driver: SerialDriver, chunks: readonly Uint8Array[]): number {
  const framer = createFramer(driver.framing);
  let samples = 0;
  for (const chunk of chunks) {
    for (const frame of framer.push(chunk)) if (driver.decode(frame).kind === 'sample') samples++;
  }
  return samples;
}

function addUp(chunks: readonly Uint8Array[]): number {
  let total = 0;
  for (const chunk of chunks) for (const byte of chunk) total += byte;
  return total;
}

function passesPerSecond(pass: () => number): number {
  const rates = Array.from({ length: rounds }, () => {
    const start = performance.now();
    let passes = 0;
    let elapsed = 0;
    while (elapsed < round) {
      pass();
      passes++;
      elapsed = performance.now() - start;
    }
    return passes / (elapsed / 1_000);
  });
  return median(rates.slice(1));
}
