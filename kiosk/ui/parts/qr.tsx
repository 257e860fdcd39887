import { encode } from 'uqr';

/** Light modules around the code, as the standard has it. */
const border = 4;

/** A QR code. What it says stands beside it in words. */
export function Qr({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
      aria-hidden="true"
      focusable="false"
    >
      <path class="light" d={`M0 0h${size}v${size}H0z`} />
      <path class="dark" d={dark.join('')} />
    </svg>
  );
}
