/** The one message from the page to the shell: it still draws. `preload.cts` names it too, as it can import nothing. */
export const aliveChannel = 'ushelter:alive';
