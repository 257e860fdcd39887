import { useState } from 'preact/hooks';
import { formatValue } from '../../i18n/format.js';
import { Button } from '../button.js';
import type { InsideProps } from './props.js';

/** About as wide as a fingertip, on any panel. */
const grid = { columns: 12, rows: 18 };
const cells = Array.from({ length: grid.columns * grid.rows }, (_, index) => index);

/** A grid over the whole panel: each place that a finger reaches is marked, so that a dead one is seen. */
export function TouchTest({ words: { say, language } }: InsideProps) {
  const { maintenance } = say;
  const [isOpen, open] = useState(false);
  const [touched, touch] = useState<ReadonlySet<number>>(new Set());
  const number = (value: number) => formatValue(value, 0, language);

  function begin(): void {
    touch(new Set());
    open(true);
  }

  function mark({ clientX, clientY, buttons }: PointerEvent): void {
    if (buttons === 0) return;
    const place = document.elementFromPoint(clientX, clientY)?.getAttribute('data-cell');
    if (place === null || place === undefined || touched.has(Number(place))) return;
    touch(new Set([...touched, Number(place)]));
  }

  return (
    <>
      <p>{maintenance.touchExplain}</p>
      <p class="basis">{maintenance.touched(number(touched.size), number(cells.length))}</p>
      <Button name="touch-begin" kind="strong" word={maintenance.begin} onPress={begin} />
      {isOpen && (
        <div class="test touch-test" onPointerDown={mark} onPointerMove={mark}>
          {cells.map((cell) => (
            <span key={cell} class="cell" data-cell={cell} data-touched={touched.has(cell) || undefined} />
          ))}
          <div class="finish">
            <p>{maintenance.touched(number(touched.size), number(cells.length))}</p>
            <Button name="touch-finish" kind="strong" word={maintenance.finish} onPress={() => open(false)} />
          </div>
        </div>
      )}
    </>
  );
}
