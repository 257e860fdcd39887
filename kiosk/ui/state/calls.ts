import { type ReadonlySignal, signal } from '@preact/signals';
import type { HelpRequest } from '../../../runtime/api/contract.js';
import type { Cancel, Clock } from '../clock.js';
import type { Ask } from './ask.js';
import { helpCall } from './help-message.js';

/** How the last touch of a call went, until the shelter itself tells of the call. */
export interface Asked {
  request: HelpRequest;
  /**
   * `asking`: on its way; `slow`: no answer yet; `taken`: the shelter has it and tells the rest; otherwise why it has
   * not: nobody answers, too many calls, or nobody to send it to.
   */
  state: 'asking' | 'slow' | 'taken' | 'unanswered' | 'limited' | 'unavailable';
}

/** Calls for help from this screen. */
export interface Calls {
  asked: ReadonlySignal<Asked | undefined>;
  ask(request: HelpRequest): void;
  stop: Cancel;
}

/** Nobody waits longer without a word, in ms. */
const patience = 900;

export function createCalls({ ask, clock }: { ask: Ask; clock: Pick<Clock, 'after'> }): Calls {
  const asked = signal<Asked | undefined>(undefined);
  let cancel: Cancel = () => {};

  function become(request: HelpRequest, state: Asked['state']): void {
    if (asked.peek()?.request === request) asked.value = { request, state };
  }

  async function send(request: HelpRequest): Promise<void> {
    const { status, body } = await ask('/api/v1/help', { body: request });
    if (status === 200 && helpCall(body)) become(request, 'taken');
    else if (status === 429) become(request, 'limited');
    else if (status === 409) become(request, 'unavailable');
    else become(request, 'unanswered');
  }

  return {
    asked,
    ask(request) {
      cancel();
      asked.value = { request, state: 'asking' };
      const sent = asked.value;
      cancel = clock.after(patience, () => {
        if (asked.peek() === sent) become(request, 'slow');
      });
      void send(request);
    },
    stop: () => cancel(),
  };
}
