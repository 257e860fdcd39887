import { DriverError } from '../contract.js';

/** A GPIO chip as the kernel lists it: its lines are numbered from `base` on. */
export interface GpioChip {
  label: string;
  base: number;
  /** How many lines it has. */
  ngpio: number;
}

/**
 * The chips behind a Raspberry Pi's header: models up to 3, 4, and 5. Where their numbers start depends on the kernel
 * (0, 512, 569, 571 …), so only the label tells.
 */
const raspberryPi: readonly string[] = ['pinctrl-bcm2835', 'pinctrl-bcm2711', 'pinctrl-rp1'];

/** Reads the files of a chip; undefined where they describe none. */
export function parseChip(files: Readonly<Record<keyof GpioChip, string>>): GpioChip | undefined {
  const label = files.label.trim();
  const base = wholeNumber(files.base);
  const ngpio = wholeNumber(files.ngpio);
  return base === undefined || ngpio === undefined ? undefined : { label, base, ngpio };
}

function wholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/**
 * The one chip that carries the wanted label.
 *
 * @param wanted a label, or `auto` for the Raspberry Pi's own chip
 * @throws DriverError GPIO_UNAVAILABLE where no chip fits, or more than one does
 */
export function chooseChip(chips: readonly GpioChip[], wanted: string): GpioChip {
  const labels = wanted === 'auto' ? raspberryPi : [wanted];
  const [chosen, rival] = chips.filter((chip) => labels.includes(chip.label));
  const sought = `GPIO chip labelled ${labels.join(' or ')}`;
  if (!chosen) {
    throw new DriverError('GPIO_UNAVAILABLE', `There is no ${sought}; this machine has ${list(chips)}.`);
  }
  if (rival) {
    throw new DriverError(
      'GPIO_UNAVAILABLE',
      `There is more than one ${sought}, so none can be meant; this machine has ${list(chips)}.`,
    );
  }
  return chosen;
}

/**
 * The number under which the kernel knows a line of the chip.
 *
 * @throws DriverError GPIO_UNAVAILABLE where the chip has no such line
 */
export function systemNumber(chip: GpioChip, line: number): number {
  if (Number.isInteger(line) && line >= 0 && line < chip.ngpio) return chip.base + line;
  throw new DriverError(
    'GPIO_UNAVAILABLE',
    `There is no GPIO line ${line}: ${chip.label} has lines 0 to ${chip.ngpio - 1}.`,
    { hint: 'Correct the line under gpio.lines in the site file; on a Raspberry Pi it is the BCM number.' },
  );
}

function list(chips: readonly GpioChip[]): string {
  if (chips.length === 0) return 'none';
  return chips.map(({ label, base, ngpio }) => `${label} (${ngpio} lines from ${base})`).join(', ');
}
