/**
 * From the BME280's datasheet: how its raw numbers become °C, Pa and %RH (4.2.3, and 8.2 for the pressure in 32 bits).
 * The datasheet shifts integers; here a shift is a division rounded down, which does not overflow on the way.
 */

export interface Calibration {
  T: readonly [T1: number, T2: number, T3: number];
  P: readonly [number, number, number, number, number, number, number, number, number];
  H: readonly [H1: number, H2: number, H3: number, H4: number, H5: number, H6: number];
}

/** Temperature as the other two formulas take it; 5120 is 1 °C. */
export function fineTemperature(adc: number, { T: [t1, t2, t3] }: Calibration): number {
  const linear = shifted((shifted(adc, 3) - t1 * 2) * t2, 11);
  const off = shifted(adc, 4) - t1;
  return linear + shifted(shifted(off * off, 12) * t3, 14);
}

/** @returns hundredths of a °C */
export function temperature(fine: number): number {
  return shifted(fine * 5 + 128, 8);
}

/** @returns Pa */
export function pressure(adc: number, fine: number, { P: p }: Calibration): number {
  const [p1, p2, p3, p4, p5, p6, p7, p8, p9] = p;
  const off = shifted(fine, 1) - 64_000;
  const squared = shifted(off, 2) ** 2;
  const offset = shifted(shifted(squared, 11) * p6 + off * p5 * 2, 2) + p4 * 65_536;
  const slope = shifted(shifted(p3 * shifted(squared, 13), 3) + shifted(p2 * off, 1), 18);
  const sensitivity = shifted((32_768 + slope) * p1, 15);
  if (sensitivity === 0) return 0;
  const raw = (1_048_576 - adc - shifted(offset, 12)) * 3_125;
  const linear = raw < 2 ** 31 ? Math.floor((raw * 2) / sensitivity) : Math.floor(raw / sensitivity) * 2;
  const bend = shifted(p9 * shifted(shifted(linear, 3) ** 2, 13), 12);
  return linear + shifted(bend + shifted(shifted(linear, 2) * p8, 13) + p7, 4);
}

/** @returns 1024ths of a %RH */
export function humidity(adc: number, fine: number, { H: [h1, h2, h3, h4, h5, h6] }: Calibration): number {
  const off = fine - 76_800;
  const measured = shifted(adc * 16_384 - h4 * 1_048_576 - h5 * off + 16_384, 15);
  const bend = shifted(shifted(off * h6, 10) * (shifted(off * h3, 11) + 32_768), 10);
  const linear = measured * shifted((bend + 2_097_152) * h2 + 8_192, 14);
  const curved = linear - shifted(shifted(shifted(linear, 15) ** 2, 7) * h1, 4);
  return shifted(Math.min(419_430_400, Math.max(0, curved)), 12);
}

/** The number from 0 to `most` for which a function that never falls comes nearest to a value. */
export function nearest(value: number, most: number, rising: (number: number) => number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (rising(middle) < value) low = middle + 1;
    else high = middle;
  }
  const below = Math.max(0, low - 1);
  return value - rising(below) < rising(low) - value ? below : low;
}

function shifted(value: number, bits: number): number {
  return Math.floor(value / 2 ** bits);
}
