import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDatabase } from '../rigs/database.js';
import { lackingForGpioRig, runUnderGpio } from '../rigs/gpio-rig.js';
import { scratchFolder } from '../rigs/scratch.js';
import { program } from '../rigs/ushelter.js';

const script = new URL('../rigs/gpio-shelter.ts', import.meta.url);

/** Where the lines start on a Pi 3 with an old kernel, a Pi 4 and a Pi 5 with a new one. */
const chips = [
  { base: 0, label: 'pinctrl-bcm2835', ngpio: 54 },
  { base: 512, label: 'pinctrl-bcm2711', ngpio: 58 },
  { base: 571, label: 'pinctrl-rp1', ngpio: 54 },
];

const site = `
id: stop
name: { en: Stop }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [en]
gpio: { lines: { button: 17, lamp: 27 } }
sensors: [{ id: help, driver: button, port: button }]
outputs: [{ id: lamp, driver: led, port: lamp, follows: help }]
store: { file: readings.db }
api: { port: 0 }
`;

const edges = [
  'button.pressed',
  'button.released',
  'button.pressed',
  'button.released',
  'button.pressed',
].map((kind) => `help ${kind}`);

const lacking = lackingForGpioRig();
const mustRun = process.env.CI === 'true';
if (lacking.length > 0)
  console.warn(`A shelter's button and lamp are NOT TESTED for want of: ${lacking.join('; ')}.`);

describe.skipIf(lacking.length > 0 && !mustRun)('A shelter with a button and a lamp', () => {
  it('finds here all that the rig needs', () => {
    expect(lacking).toEqual([]);
  });

  describe.concurrent.each(chips)('on $label with lines from $base on', (chip) => {
    it('tells of each edge once, lights the lamp meanwhile, and gives both lines back', async ({
      expect,
    }) => {
      const folder = scratchFolder();
      const file = join(folder, 'site.yaml');
      writeFileSync(file, site);

      expect(await runUnderGpio(script, chip, program, file)).toEqual({
        atStart: { 17: 'in 1 both', 27: 'out 0 none' },
        lamp: ['out 1 none', 'out 0 none', 'out 1 none', 'out 0 none', 'out 1 none'],
        code: 0,
        atEnd: {},
        events: edges,
      });
      const { events } = readDatabase(join(folder, 'readings.db'));
      expect(events.map(({ source, kind }) => `${source} ${kind}`)).toEqual(edges);
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    });
  });
});
