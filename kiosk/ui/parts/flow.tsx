import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Pager } from './pager.js';
import { usePages } from './pages.js';
import type { Words } from './words.js';

/**
 * Content in reading order. On a panel what does not fit goes on to further pages, which are turned with buttons; on a
 * phone it scrolls. Inside another flow that is broken into pages it is a mere part of that.
 */
export function Flow({
  as: Tag = 'div',
  name,
  turn = 0,
  words,
  children,
}: {
  as?: 'div' | 'main' | 'ul' | 'ol';
  name: string;
  /** Counts up where pages turn by themselves, from the first again after the last. */
  turn?: number;
  words: Words;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  const pages = usePages(box);

  useEffect(() => {
    if (turn > 0) pages.turn(turn % pages.of);
  }, [turn]);

  return (
    <>
      <Tag
        class="flow"
        data-flow={name}
        ref={(element: HTMLElement | null) => {
          box.current = element;
        }}
      >
        {children}
      </Tag>
      {pages.of > 1 && <Pager pages={pages} words={words} />}
    </>
  );
}
