import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ushelter } from '../../rigs/ushelter.js';

const commands = [
  'run',
  'demo',
  'simulate',
  'decode',
  'index',
  'index list',
  'qc',
  'pin',
  'config check',
  'config print',
  'config schema',
];

describe.concurrent('ushelter', () => {
  it.each(commands)('%s --help says how it is called and what its exit codes mean', async (command) => {
    const { code, stdout, stderr } = await ushelter([...command.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: ushelter ${command} [options]`);
    expect(stdout).toMatch(/Exit codes: 0 .*2 usage\.\n$/s);
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('tells of all its commands when it is called without one, and calls that a usage error', async () => {
    const { code, stdout, stderr } = await ushelter([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const command of ['run', 'demo', 'simulate', 'decode', 'index', 'qc', 'pin', 'config']) {
      expect(stderr).toMatch(new RegExp(`^  ${command} +\\S`, 'm'));
    }
    expect(stderr).toContain('Exit codes: 0 done; 1 failed');
  });

  it('gives the help of a command under both its names', async () => {
    const [asked, called] = await Promise.all([ushelter(['help', 'run']), ushelter(['run', '--help'])]);
    expect(asked).toEqual(called);
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await ushelter(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    [['rum'], "unknown command 'rum'"],
    [['run'], "required option '--config <file>' not specified"],
    [['run', '--config', 'x', '--log-level', 'loud'], 'Allowed choices are debug, info, warn, error'],
    [['demo', '--port', 'http'], 'Expected a whole number from 0 to 65535'],
    [['simulate', 'sds01'], 'there is no simulator "sds01" (did you mean "sds011"?)'],
    [['simulate', 'dht22'], 'there is no simulator "dht22"; there is sds011, sps30, pms3003'],
    [['simulate', 'sds011', '--fault', 'silnt'], 'there is no fault "silnt" (did you mean "silent"?)'],
    [['simulate', 'sds011', '--port', 'tcp:127.0.0.1:70000'], 'Expected a whole number from 0 to 65535'],
    [['simulate', 'sds011', '--port', 'ttyUSB0'], 'Expected pty, tcp:HOST:PORT, or a path'],
    [['simulate', 'sds011', '--seed', 'x'], 'Expected a whole number from 0'],
    [['decode', 'sds0111'], 'there is no model "sds0111" (did you mean "sds011"?)'],
    [['decode', 'dht22'], 'Aosong DHT22 sends no frames of its own on a serial line; there is sds011, sps30'],
    [
      ['decode', 'bme280'],
      'Bosch BME280 sends no frames of its own on a serial line; there is sds011, sps30',
    ],
    [['index'], "missing required argument 'name'"],
    [['index', 'us-aqy'], 'there is no index "us-aqy" (did you mean "us-aqi"?)'],
    [['index', 'us-aqi', 'pm25=3'], 'us-aqi takes no "pm25"; it takes [pm2_5=µg/m³] [pm10=µg/m³]'],
    [['config', 'check'], "missing required argument 'file'"],
  ])('%j is a usage error that says what is wrong and points to the help', async (args, message) => {
    const { code, stdout, stderr } = await ushelter(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('--help');
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  });
});
