import type { Span } from './port.js';

/** The parts of a span that are not settled, in order. @param beyond settled spans after the cursor, in order */
export function unsettled(span: Span, cursor: number, beyond: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let first = Math.max(span.first, cursor + 1);
  for (const settled of beyond) {
    gaps.push({ first, last: Math.min(settled.first - 1, span.last) });
    first = Math.max(first, settled.last + 1);
  }
  gaps.push({ first, last: span.last });
  return gaps.filter((gap) => gap.first <= gap.last);
}
