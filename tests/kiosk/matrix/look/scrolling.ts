import { named, type Seen, topLayer } from './seen.js';

const scrolls = new Set(['auto', 'scroll']);

/** Whatever could be moved by a finger where nothing should. */
export function scrolling({ measure }: Seen): string[] {
  const { scrollWidth, scrollHeight } = document.documentElement;
  const inner = [topLayer(), ...topLayer().querySelectorAll('*')].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const sideways = scrolls.has(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const down = scrolls.has(overflowY) && element.scrollHeight > element.clientHeight + 1;
    return sideways || (down && measure.scrolls === 'never');
  });
  return [
    ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide`] : []),
    ...(scrollHeight > innerHeight && measure.scrolls === 'never'
      ? [`the page is ${scrollHeight} px high`]
      : []),
    ...inner.map((element) => `scrolls: ${named(element)}`),
  ];
}
