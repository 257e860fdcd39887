import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DriverError, type Sample } from '../../drivers/contract.js';
import { createFramer } from '../../drivers/framing/framer.js';
import { drivers, findDriver } from '../../drivers/index.js';

/** Captures (`MODEL/NAME.hex`, any white space) and what each must give (`MODEL/NAME.expected.json`). */

interface Expected {
  about: string;
  samples: Sample[];
  acknowledgements: number;
  nonsense: number;
  rejectedBytes: number;
  badFrames: number;
}

const here = new URL('.', import.meta.url);
const captures = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.hex'))
  .map((path) => path.replace(/\.hex$/, ''))
  .sort();

describe('a capture gives the samples and the failures it must', () => {
  it('and there are captures of every serial model', () => {
    const models = new Set(captures.map((path) => path.split('/')[0]));
    const serial = drivers.filter(({ link }) => link === 'serial');
    expect([...models].sort()).toEqual(serial.map(({ model }) => model).sort());
  });

  it.each(captures)('%s', (path) => {
    const { about, ...expected }: Expected = JSON.parse(
      readFileSync(new URL(`${path}.expected.json`, here), 'utf8'),
    );
    const hex = readFileSync(new URL(`${path}.hex`, here), 'utf8').replace(/\s+/g, '');
    expect(decode(path.split('/')[0] ?? '', Buffer.from(hex, 'hex')), about).toEqual(expected);
  });
});

function decode(model: string, bytes: Uint8Array): Omit<Expected, 'about'> {
  const driver = findDriver(model);
  if (driver?.link !== 'serial') throw new Error(`no serial driver for the folder ${model}`);
  const framer = createFramer(driver.framing);
  const found = { samples: [] as Sample[], acknowledgements: 0, nonsense: 0 };
  for (const frame of [...framer.push(bytes), ...framer.finish()]) {
    try {
      const decoded = driver.decode(frame);
      if (decoded.kind === 'sample') found.samples.push(decoded.sample);
      if (decoded.kind === 'acknowledgement') found.acknowledgements++;
    } catch (error) {
      expect(error).toBeInstanceOf(DriverError);
      found.nonsense++;
    }
  }
  return { ...found, ...framer.counts() };
}
