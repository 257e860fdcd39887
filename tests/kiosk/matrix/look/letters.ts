import { named, type Seen } from './seen.js';

/** Letters that not everybody reads. */
export function letters({ lines, measure }: Seen): string[] {
  return lines.flatMap(({ element }) => {
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    return size < measure.letters - 0.01 ? [`letters of ${size.toFixed(1)} px: ${named(element)}`] : [];
  });
}
