import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Layout, layoutOf, narrow, shallow, type View } from '../state/layout.js';

interface Room {
  layout: Layout;
  isNarrow: boolean;
  isShallow: boolean;
}

/** Lays an element out by how many lines of primary text fit on it, whatever makes them larger or the room less. */
export function useLayout<E extends HTMLElement>(view: View) {
  const box = useRef<E>(null);
  const [room, setRoom] = useState<Room>({
    layout: layoutOf({ width: 20, height: 36, view }),
    isNarrow: false,
    isShallow: false,
  });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;

    function measure(): void {
      if (!element) return;
      const line = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const { width, height } = element.getBoundingClientRect();
      const layout = layoutOf({ width: width / line, height: height / line, view });
      const isNarrow = width / line < narrow;
      const isShallow = height / line < shallow;
      setRoom((last) =>
        last.layout === layout && last.isNarrow === isNarrow && last.isShallow === isShallow
          ? last
          : { layout, isNarrow, isShallow },
      );
    }

    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    // What makes the text larger leaves the box as it is.
    const modes = new MutationObserver(measure);
    modes.observe(document.documentElement, { attributes: true });
    measure();
    return () => {
      sizes.disconnect();
      modes.disconnect();
    };
  }, [view]);

  return { box, ...room };
}
