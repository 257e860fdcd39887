import type { OpenEvents } from './connection.js';
import { messageNames } from './message.js';

/** The shelter's event stream through the browser's EventSource, which is not left to reconnect by itself. */
export const openEventSource: OpenEvents = ({ onMessage, onBroken }) => {
  const source = new EventSource('/api/v1/events');
  for (const name of messageNames) {
    source.addEventListener(name, (event: MessageEvent<string>) => onMessage(name, event.data));
  }
  source.onerror = () => {
    source.close();
    onBroken();
  };
  return () => source.close();
};
