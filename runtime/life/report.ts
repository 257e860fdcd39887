import type { Cancel, Clock } from '../../drivers/ports.js';
import type { Life } from '../api/life.js';
import { asShelterError } from '../problem.js';
import type { UplinkLink } from '../uplink/link.js';

/** How often it is looked at, when it is told again although nothing has changed, and how long it holds; in ms. */
const periods = { look: 5_000, again: 600_000, holds: 1_800_000 };

export interface ReportParts {
  link: Pick<UplinkLink, 'publish' | 'onConnected'>;
  topic: string;
  life: () => Life;
  clock: Clock;
  /** It could not be told, for another reason than a connection that is not there. */
  onFailure(error: unknown): void;
}

/** Tells the city what the numbers mean: retained, when it has changed in substance, and every 10 min. */
export function reportLife({ link, topic, life, clock, onFailure }: ReportParts): Cancel {
  let told: { substance: string; at: number } | undefined;
  let isUnderWay = false;
  let cancel: Cancel = () => {};

  async function publish(now: Life, substance: string): Promise<void> {
    isUnderWay = true;
    const at = clock.monotonic();
    try {
      await link.publish({
        topic,
        payload: new TextEncoder().encode(JSON.stringify(now)),
        retain: true,
        contentType: 'application/json',
        expiry: periods.holds / 1_000,
      });
      told = { substance, at };
    } catch (error) {
      if (asShelterError(error, 'UPLINK_UNREACHABLE').code === 'UPLINK_UNREACHABLE') return;
      onFailure(error);
      told = { substance, at };
    } finally {
      isUnderWay = false;
    }
  }

  function look(): void {
    const now = life();
    const substance = substanceOf(now);
    const isTold = told?.substance === substance && clock.monotonic() - told.at < periods.again;
    if (!isTold && !isUnderWay) void publish(now, substance);
    cancel = clock.after(periods.look, look);
  }

  const stopListening = link.onConnected(() => {
    told = undefined;
  });
  cancel = clock.after(periods.look, look);
  return () => {
    stopListening();
    cancel();
  };
}

/** What somebody would do something about: grades, alerts, and what there is not; no number that moves by a little. */
export function substanceOf(life: Life): string {
  const { profile, synchronised, air, feelsLike, weather, indices, alerts, unjudged, inputs, statement } =
    life;
  return JSON.stringify([
    profile,
    synchronised,
    [air.basis, ...air.parts.map(({ property, grade, sensor }) => [property, grade, sensor])],
    [feelsLike.shows, feelsLike.index?.index],
    [air, ...weather, ...indices].map(({ index, of, grade, absent }) => [index, of, grade, absent?.code]),
    alerts.map(({ alert, of, level }) => [alert, of, level]),
    unjudged.map(({ alert, of, absent }) => [alert, of, absent.code]),
    inputs.map(({ property, sensor, why }) => [property, sensor, why]),
    statement,
  ]);
}
