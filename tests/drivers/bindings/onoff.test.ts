import { describe, expect, it } from 'vitest';
import { lackingForGpioRig, runUnderGpio } from '../../rigs/gpio-rig.js';

const scenario = new URL('../../rigs/onoff-scenario.ts', import.meta.url);
const loss = new URL('../../rigs/onoff-loss.ts', import.meta.url);

/** Where the lines start on a Pi 3 with an old kernel, a Pi 4 and a Pi 5 with a new one. */
const chips = [
  { base: 0, label: 'pinctrl-bcm2835', ngpio: 54 },
  { base: 512, label: 'pinctrl-bcm2711', ngpio: 58 },
  { base: 571, label: 'pinctrl-rp1', ngpio: 54 },
];

const lacking = lackingForGpioRig();
const mustRun = process.env.CI === 'true';
if (lacking.length > 0)
  console.warn(`GPIO through the real onoff is NOT TESTED for want of: ${lacking.join('; ')}.`);

describe.skipIf(lacking.length > 0 && !mustRun)('the onoff binding', () => {
  it('finds here all that the rig needs', () => {
    expect(lacking).toEqual([]);
  });

  describe.concurrent.each(chips)('on $label with lines from $base on', (chip) => {
    it('carries edges in and levels out, and gives every line back', async ({ expect }) => {
      const report = await runUnderGpio(scenario, chip);
      const inOrderAndOnce = [1, 0, 1, 0];
      expect(report).toEqual({
        slowly: inOrderAndOnce,
        badly: { afterBlip: [], changes: [1, 0] },
        undebounced: [1, 0],
        activeLow: { atOpening: 0, whilePressed: 1, changes: [1, 0] },
        outputs: {
          atOpening: { 27: 'out 0 none', 5: 'out 1 none' },
          on: { 27: 'out 1 none', 5: 'out 0 none' },
          off: { 27: 'out 0 none', 5: 'out 1 none' },
          afterUse: 'DEVICE_LOST: GPIO line 27 is gone: it was closed here.',
          closed: {},
          leftAt: { 27: 'in 0 none', 5: 'in 1 none' },
        },
        takenOver: { changes: [1], taken: { 17: 'in 1 both', 27: 'out 1 none' }, closed: {} },
        failures: {
          twice: 'PORT_BUSY: GPIO line 17 is open already.',
          again: 'none',
          noLine: `GPIO_UNAVAILABLE: There is no GPIO line 58: ${chip.label} has lines 0 to ${chip.ngpio - 1}.`,
          noChip:
            'GPIO_UNAVAILABLE: There is no GPIO chip labelled pinctrl-unheard-of; ' +
            `this machine has ${chip.label} (${chip.ngpio} lines from ${chip.base}).`,
          exported: {},
        },
      });
    });
  });

  it('takes the chip whose label the site file gives', async () => {
    const expander = { base: 200, label: 'tca6424', ngpio: 32 };
    const report = await runUnderGpio(scenario, expander, 'tca6424');
    expect(report).toMatchObject({ slowly: [1, 0, 1, 0] });
  });

  it('says that its lines are lost when the chip vanishes, and lives on', async () => {
    const report = await runUnderGpio(loss, { base: 512, label: 'pinctrl-bcm2711', ngpio: 58 });
    expect(report).toEqual({ button: 'DEVICE_LOST', led: 'DEVICE_LOST' });
  });
});
