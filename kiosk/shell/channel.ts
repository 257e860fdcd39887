/** The messages between the page and the shell. `preload.cts` names them too, as it can import nothing. */
export const channels = { news: 'ushelter:news', order: 'ushelter:order' } as const;
