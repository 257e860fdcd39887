/** What the shelter answered. */
export interface Answer {
  /** The status of HTTP; 0 where no answer came. */
  status: number;
  /** Undefined where there was none, or it could not be read. */
  body: unknown;
  /** Seconds after which asking again is of use, where the shelter said so. */
  retryAfter: number | undefined;
}

/** What is asked of the shelter, apart from what it tells by itself. */
export interface Question {
  /** Sent as JSON; without one it is a mere question, unless it is a `POST`. */
  body?: unknown;
  method?: 'GET' | 'POST';
  /** Of a session for maintenance. */
  token?: string;
}

/** Asks the shelter; never rejects. */
export type Ask = (path: string, question?: Question) => Promise<Answer>;
