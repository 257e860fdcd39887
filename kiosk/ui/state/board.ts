import type { PropertyId } from '../../../config/catalogue/properties.js';
import type {
  EventNow,
  InputNow,
  ProblemNow,
  SensorNow,
  StreamNow,
  ValueState,
} from '../../../runtime/api/contract.js';
import { type LifeOnBoard, lifeOnBoard } from './life.js';
import type { Heard, Link, Live, Shelter } from './live.js';

/** What stands on the board at an instant, in no language yet. */
export interface Board {
  link: Link;
  /** The shelter's wall time in ms; absent while no connection confirms it. */
  time: number | undefined;
  /** The last sign of life: the shelter's wall time in ms, and the seconds since. */
  lastHeard: { time: number | undefined; age: number } | undefined;
  /** What the numbers mean; absent while nobody has told. */
  life: LifeOnBoard | undefined;
  /** What people ask for, by property in the order of `front`. */
  front: readonly PropertyGroup[];
  /** What else may interest them. */
  beside: readonly PropertyGroup[];
  /** Every sensor, with those of its values that only a technician reads. */
  sensors: readonly SensorGroup[];
  inputs: readonly InputNow[];
  /** Events of the last seconds, the newest last. */
  recent: readonly EventNow[];
}

export interface PropertyGroup {
  property: string;
  name: Readonly<Record<string, string>>;
  /** One for each sensor that measures it. */
  readouts: readonly Readout[];
}

export interface SensorGroup {
  sensor: SensorNow;
  /** Unknown while nobody confirms it. */
  health: SensorNow['state'] | 'unknown';
  readouts: readonly Readout[];
}

/** A value with what must never be shown apart from it. */
export interface Readout {
  stream: string;
  name: Readonly<Record<string, string>>;
  /** What the sensor is called, and its id where another one is called the same. */
  sensor: string;
  state: ValueState;
  /** The quality tests that doubt it. */
  doubts: readonly string[];
  /** Absent where there is none that may be shown; a doubtful one may be shown to technicians alone. */
  value: number | undefined;
  symbol: string;
  digits: number;
  /** Seconds since the value was taken; absent where there never was one. */
  age: number | undefined;
  /** Why a faulty one is faulty, where the sensor knows. */
  problem: ProblemNow | undefined;
}

const front: readonly string[] = ['temperature', 'humidity', 'pm2_5', 'pm10'] satisfies PropertyId[];

const technical: readonly string[] = [
  'pm1_cf1',
  'pm2_5_cf1',
  'pm10_cf1',
  'particles_0_3',
  'particles_0_5',
  'particles_1_0',
  'particles_2_5',
  'particles_5_0',
  'particles_10',
  'particles_to_0_5',
  'particles_to_1_0',
  'particles_to_2_5',
  'particles_to_4_0',
  'particles_to_10',
  'typical_particle_size',
] satisfies PropertyId[];

/** How long, in ms, an event stays on the board. */
const eventStays = 8_000;

/** @param instant now, in ms on the page's monotonic time */
export function boardOf(live: Live, instant: number): Board {
  const { link, heard, shelter, life, happened } = live;
  const silence = heard ? Math.max(0, instant - heard.at) : 0;
  const readouts = shelter ? shelter.streams.map((stream) => readoutOf(stream, shelter, link, instant)) : [];
  const placed = (place: Place) => readouts.filter(({ property }) => placeOf(property) === place);

  return {
    link,
    time: heard?.time !== undefined && link === 'live' ? heard.time + silence : undefined,
    lastHeard: heard && { time: heard.time, age: silence / 1_000 },
    life: life && lifeOnBoard({ life, streams: shelter?.streams ?? [], link, instant }),
    front: byProperty(placed('front')).toSorted(
      (a, b) => front.indexOf(a.property) - front.indexOf(b.property),
    ),
    beside: byProperty(placed('beside')),
    sensors: (shelter?.sensors ?? []).map((sensor) => ({
      sensor,
      health: link === 'live' ? sensor.state : 'unknown',
      readouts: placed('technical').filter(({ sensorId }) => sensorId === sensor.sensor),
    })),
    inputs: (shelter?.inputs ?? []).map((input) => (link === 'live' ? input : { ...input, state: null })),
    recent: happened.filter(({ at }) => instant - at < eventStays).map(({ what }) => what),
  };
}

type Place = 'front' | 'beside' | 'technical';

function placeOf(property: string): Place {
  if (front.includes(property)) return 'front';
  return technical.includes(property) ? 'technical' : 'beside';
}

interface PlacedReadout extends Readout {
  property: string;
  sensorId: string;
}

function readoutOf(heard: Heard<StreamNow>, shelter: Shelter, link: Link, instant: number): PlacedReadout {
  const { what: stream } = heard;
  const sensor = shelter.sensors.find((one) => one.sensor === stream.sensor);
  const age = ageOf(heard, instant);
  const state = stateOf(stream, age, link);
  return {
    stream: stream.stream,
    property: stream.property,
    name: stream.name,
    sensorId: stream.sensor,
    sensor: labelOf(stream.sensor, shelter.sensors),
    state,
    doubts: stream.doubts,
    value: mayBeShown(state, placeOf(stream.property)) ? (stream.value ?? undefined) : undefined,
    symbol: stream.symbol,
    digits: stream.digits,
    age,
    problem: state === 'faulty' || state === 'doubtful' ? (sensor?.problem ?? undefined) : undefined,
  };
}

/** What is not believed is never shown as what is measured here. */
function mayBeShown(state: ValueState, place: Place): boolean {
  return state === 'fresh' || state === 'stale' || (state === 'doubtful' && place === 'technical');
}

function ageOf({ what, at }: Heard<StreamNow>, instant: number): number | undefined {
  return what.age === null ? undefined : Math.max(0, what.age + (instant - at) / 1_000);
}

/** What is fresh for the shelter grows old on the way: by waiting, or because nobody confirms it any more. */
function stateOf({ state, value, staleAfter }: StreamNow, age: number | undefined, link: Link): ValueState {
  if (state === 'faulty' || state === 'doubtful') return state;
  if (value === null || age === undefined) return 'missing';
  return link !== 'live' || age >= staleAfter ? 'stale' : state;
}

function labelOf(id: string, sensors: readonly SensorNow[]): string {
  const title = sensors.find(({ sensor }) => sensor === id)?.title ?? id;
  const namesakes = sensors.filter((sensor) => sensor.title === title).length;
  return namesakes > 1 ? `${title} · ${id}` : title;
}

function byProperty(readouts: readonly PlacedReadout[]): PropertyGroup[] {
  const groups = new Map<string, { property: string; name: Readout['name']; readouts: Readout[] }>();
  for (const readout of readouts) {
    const { property, name } = readout;
    const group = groups.get(property) ?? { property, name, readouts: [] };
    group.readouts.push(readout);
    groups.set(property, group);
  }
  return [...groups.values()];
}
