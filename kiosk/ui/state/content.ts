import type { Content } from '../../../runtime/api/contract.js';

export const noContent: Content = { arrivals: null, routes: null, notices: null, air: null, emergency: null };

/**
 * What has not expired: the shelter says so itself, but may be out of reach when the time comes.
 *
 * @param time the shelter's wall time in ms; where nobody knows it the shelter's word holds
 * @returns the same object where nothing has expired
 */
export function unexpired(content: Content, time: number | undefined): Content {
  if (time === undefined) return content;
  const isOver = (sent: { expires: string } | null) => sent !== null && Date.parse(sent.expires) <= time;
  if (!Object.values(content).some(isOver)) return content;
  const { arrivals, routes, notices, air, emergency } = content;
  return {
    arrivals: isOver(arrivals) ? null : arrivals,
    routes: isOver(routes) ? null : routes,
    notices: isOver(notices) ? null : notices,
    air: isOver(air) ? null : air,
    emergency: isOver(emergency) ? null : emergency,
  };
}
