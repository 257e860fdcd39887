const name = 'spoken';

/** Shows what is being said, without a change to the document, and brings it into view where it is on another page. */
export function showSpoken(place: Element | undefined): void {
  const { highlights } = CSS;
  if (!highlights) return;
  highlights.delete(name);
  if (!place?.isConnected) return;
  const range = new Range();
  range.selectNodeContents(place);
  highlights.set(name, new Highlight(range));
  place.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
