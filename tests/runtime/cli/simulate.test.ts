import { existsSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serialPorts } from '../../../drivers/bindings/serial-ports.js';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { Sample } from '../../../drivers/contract.js';
import { createFramer } from '../../../drivers/framing/framer.js';
import type { SerialPort } from '../../../drivers/ports.js';
import { sds011 } from '../../../drivers/sensors/sds011.js';
import { scratchFolder } from '../../rigs/scratch.js';
import { startSimulator } from '../../rigs/simulator.js';
import { ushelter } from '../../rigs/ushelter.js';

/** What no air has: the most that an SDS011 can say. */
const saturated = { pm2_5: 999.9, pm10: 1999.9 };

function openPort(path: string): Promise<SerialPort> {
  return serialPorts(systemClock).open(path, sds011.line);
}

/** The next sample that comes through an open port. */
function nextSample(port: SerialPort): Promise<Sample> {
  const framer = createFramer(sds011.framing);
  return new Promise((resolve) => {
    const cancel = port.onData((chunk) => {
      for (const frame of framer.push(chunk)) {
        const decoded = sds011.decode(frame);
        if (decoded.kind !== 'sample') continue;
        cancel();
        resolve(decoded.sample);
      }
    });
  });
}

function lossOf(port: SerialPort): Promise<Error> {
  return new Promise((resolve) => {
    port.onLost(resolve);
  });
}

describe.concurrent('ushelter simulate', () => {
  it('says first what to open: a PTY that a real serial port reads, and that goes when it is told to stop', async () => {
    const { program, path } = await startSimulator('sds011');
    const port = await openPort(path);
    const { pm2_5, pm10 } = await nextSample(port);
    program.tell('air');
    const [air] = await program.says(/\{"time":.*\}/);
    const truth: { pm2_5: number; pm10: number } = JSON.parse(air);
    expect(Math.abs((pm2_5 ?? Number.NaN) - truth.pm2_5)).toBeLessThanOrEqual(0.1);
    expect(Math.abs((pm10 ?? Number.NaN) - truth.pm10)).toBeLessThanOrEqual(0.1);

    const lost = lossOf(port);
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(await lost).toMatchObject({ code: 'DEVICE_LOST' });
    expect(existsSync(path)).toBe(false);
  });

  it('keeps the name it is given over unplugging, and fails and recovers as it is told', async () => {
    const link = join(scratchFolder(), 'usb-sds011');
    const { program, path } = await startSimulator('sds011', '--link', link);
    expect(path).toBe(link);
    const first = await openPort(link);
    const terminal = readlinkSync(link);

    program.tell('fault out-of-range');
    await program.says(/sds011: out-of-range/);
    await nextSample(first);
    expect(await nextSample(first)).toEqual(saturated);

    const lost = lossOf(first);
    program.tell('unplug');
    await lost;
    await program.says(/sds011: unplugged/);
    expect(existsSync(link)).toBe(false);

    program.tell('plug');
    await program.says(/sds011: works/);
    expect(readlinkSync(link)).toMatch(/^\/dev\/pts\/\d+$/);
    expect(terminal).toMatch(/^\/dev\/pts\/\d+$/);
    const again = await openPort(link);
    expect(await nextSample(again)).not.toEqual(saturated);
    await again.close();

    program.tell('devices');
    await program.says(/\{"device":"sds011","fault":null\}/);
    expect(await program.end('SIGINT')).toMatchObject({ code: 0 });
  });

  it('listens on a TCP port, any free one for 0, with a fault from the start', async () => {
    const { program, path } = await startSimulator(
      'sds011',
      '--port',
      'tcp:127.0.0.1:0',
      '--fault',
      'out-of-range',
    );
    expect(path).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d+$/);
    const port = await openPort(path);
    expect(await nextSample(port)).toEqual(saturated);
    await port.close();
    const { code, stderr } = await program.end('SIGTERM');
    expect(code).toBe(0);
    expect(stderr).toBe('sds011 is there, out-of-range; type help for what it can be told.\n');
  });

  it('gives the same air for the same seed', async () => {
    const time = '2026-05-01T08:00:00Z';
    const airs = await Promise.all(
      [['--seed', '7'], ['--seed', '7'], []].map(async (args) => {
        const { program } = await startSimulator('sds011', ...args);
        program.tell(`air ${time}`);
        const [air] = await program.says(/\{"time":.*\}/);
        await program.end('SIGTERM');
        return air;
      }),
    );
    expect(airs[0]).toBe(airs[1]);
    expect(airs[0]).not.toBe(airs[2]);
  });

  it('answers what it does not understand with what it can be told', async () => {
    const { program } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    program.tell('fault sillent');
    await program.says(/there is no fault "sillent"; there is none, unplugged, silent/);
    program.tell('unplug other');
    await program.says(/there is no device "other"; there is sds011/);
    program.tell('what?');
    await program.says(/unplug DEVICE +pull its cable/);
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  it('says why a port cannot be used', async () => {
    const { path } = await startSimulator('sds011', '--port', 'tcp:127.0.0.1:0');
    const [taken, missing, file] = await Promise.all([
      ushelter(['simulate', 'sds011', '--port', path.replace('tcp://', 'tcp:')]),
      ushelter(['simulate', 'sds011', '--port', '/dev/ttyNONE']),
      ushelter(['simulate', 'sds011', '--link', 'package.json']),
    ]);
    expect(taken).toMatchObject({ code: 1, stdout: '' });
    expect(taken.stderr).toMatch(
      /^Nothing can listen on 127\.0\.0\.1:\d+: .*\nPORT_BUSY: Choose another port.*\n$/,
    );
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch(
      /^\/dev\/ttyNONE could not be opened: No such file.*\nPORT_NOT_FOUND: .*\n$/,
    );
    expect(file).toMatchObject({ code: 1, stdout: '' });
    expect(file.stderr).toMatch(/package\.json could not be made: a file that is no link is in its place/);
  });
});
