import { useState } from 'preact/hooks';
import { Button } from '../button.js';
import type { InsideProps } from './props.js';

/** What fills the panel one after the other: a pixel that is dead or stuck is seen on one of them. */
const grounds = ['white', 'black', 'red', 'green', 'blue', 'grey', 'lines'] as const;

function focus(element: HTMLElement | null): void {
  element?.focus();
}

/** The panel in one colour after the other; each touch brings the next. */
export function DisplayTest({ words: { say } }: InsideProps) {
  const [shown, show] = useState<number>();
  const ground = shown === undefined ? undefined : grounds[shown];
  return (
    <>
      <p>{say.maintenance.displayExplain}</p>
      <Button name="display-begin" kind="strong" word={say.maintenance.begin} onPress={() => show(0)} />
      {ground !== undefined && (
        <button
          type="button"
          ref={focus}
          class="test display-test"
          data-ground={ground}
          data-control="display-next"
          aria-label={say.frame.next}
          onClick={() => show((shown ?? 0) + 1)}
        />
      )}
    </>
  );
}
