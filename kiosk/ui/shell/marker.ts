import { marker } from '../../supervision/page-link.js';

/** Draws the sign of life that the shell looks for on the screen. @returns draws the next one */
export function drawMarker(document: Document): () => void {
  const root = document.createElement('div');
  root.className = 'shell-marker';
  root.ariaHidden = 'true';
  const cells = Array.from({ length: marker.cells }, () => document.createElement('i'));
  root.append(...cells);
  document.body.append(root);
  let count = 0;

  return () => {
    count = (count + 1) % 2 ** marker.cells;
    cells.forEach((cell, place) => {
      cell.className = ((count >> place) & 1) === 1 ? 'on' : '';
    });
  };
}
