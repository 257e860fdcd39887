import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Where one is in something that is longer than the screen. */
export interface Pages {
  /** From 0. */
  at: number;
  of: number;
  turn(to: number): void;
}

interface Extent {
  at: number;
  of: number;
}

const single: Extent = { at: 0, of: 1 };

/** How much of a box of columns, each as wide as the box, lies beside what is seen. */
export function extentOf({
  clientWidth,
  scrollWidth,
  scrollLeft,
}: Pick<HTMLElement, 'clientWidth' | 'scrollWidth' | 'scrollLeft'>): Extent {
  if (clientWidth === 0) return single;
  const of = Math.max(1, Math.round(scrollWidth / clientWidth));
  return { at: Math.min(of - 1, Math.round(scrollLeft / clientWidth)), of };
}

/** The pages of a box whose style breaks its content into columns; it is a single one where the style does not. */
export function usePages(box: RefObject<HTMLElement | null>): Pages {
  const [extent, setExtent] = useState(single);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let awaited = 0;

    function measure(): void {
      awaited = 0;
      if (!element) return;
      const next = extentOf(element);
      if (element.scrollLeft !== next.at * element.clientWidth) {
        element.scrollLeft = next.at * element.clientWidth;
      }
      setExtent((last) => (last.at === next.at && last.of === next.of ? last : next));
    }

    function measureSoon(): void {
      if (awaited === 0) awaited = requestAnimationFrame(measure);
    }

    const sizes = new ResizeObserver(measureSoon);
    sizes.observe(element);
    const changes = new MutationObserver(measureSoon);
    changes.observe(element, { childList: true, subtree: true, characterData: true, attributes: true });
    element.addEventListener('scroll', measureSoon, { passive: true });
    document.fonts.addEventListener('loadingdone', measureSoon);
    measure();
    return () => {
      cancelAnimationFrame(awaited);
      sizes.disconnect();
      changes.disconnect();
      element.removeEventListener('scroll', measureSoon);
      document.fonts.removeEventListener('loadingdone', measureSoon);
    };
  }, [box]);

  return {
    ...extent,
    turn(to) {
      const element = box.current;
      if (element) element.scrollLeft = to * element.clientWidth;
    },
  };
}
