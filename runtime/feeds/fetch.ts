/** The one way of the feeds to the network, so that tests and firewalls have one door to look at. */

export interface Question {
  /** Without any secret: it may stand in errors and in the log. */
  url: string;
  /** Parameters of the address that are sent and never told. */
  secrets?: Readonly<Record<string, string>>;
  /** Sent and never told. */
  headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  status: number;
  body: Uint8Array;
}

/**
 * Asks with GET. Rejects with FEED_UNREACHABLE where no whole answer comes in time, and with FEED_NONSENSE where it is
 * too large. Whether a status is a good one is for the feed to say: some tell of errors with 200, others explain a 500.
 */
export type Fetch = (question: Question) => Promise<Answer>;

/** An address as it may be told: without what stands behind the path. */
export function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
