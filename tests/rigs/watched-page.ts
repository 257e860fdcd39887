import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Clock } from '../../drivers/ports.js';
import { type MessageName, messageNames, parseMessage } from '../../kiosk/ui/state/message.js';
import { createPage, type Page } from '../../kiosk/ui/state/page.js';

/** The kiosk's page without a browser: all that it knows, from the event stream of a running shelter. */
export interface WatchedPage {
  page: Page;
  /** Messages that the page refused. */
  refused: readonly string[];
  close(): void;
}

/** @param url of the shelter's API */
export async function watchPage(url: string, clock: Pick<Clock, 'monotonic'>): Promise<WatchedPage> {
  const page = createPage(clock.monotonic(), []);
  const refused: string[] = [];
  // Not `fetch`: its timers would be those of a clock that stands in for the machine's.
  const request = get(`${url}/api/v1/events`);
  const [response] = (await once(request, 'response')) as [IncomingMessage];

  function hear(block: string): void {
    const [, name, json = ''] = /^event: (.*)\ndata: (.*)$/m.exec(block) ?? [];
    if (!isMessageName(name)) return;
    const message = parseMessage(name, json);
    if (message) page.hear(message, clock.monotonic());
    else refused.push(block);
  }

  let held = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (held + text).split('\n\n');
    held = blocks.pop() ?? '';
    for (const block of blocks) hear(block);
  });
  response.on('error', () => {});
  return { page, refused, close: () => void request.destroy() };
}

function isMessageName(name: string | undefined): name is MessageName {
  return messageNames.some((each) => each === name);
}
