import type { Messages } from './messages.js';

export const en: Messages = {
  connecting: 'Connecting …',
  notConnected: {
    title: 'No data – not connected',
    lastUpdate: (ago, time) => (time ? `Last update ${time} (${ago})` : `Last update ${ago}`),
    neverHeard: 'The shelter has not answered yet.',
  },
  states: { fresh: 'Live', stale: 'Old', faulty: 'Faulty', missing: 'No value' },
  doubtful: 'Doubtful',
  reasons: {
    unreachable: 'The sensor cannot be reached',
    unplugged: 'The sensor is unplugged',
    silent: 'The sensor does not answer',
    nonsense: 'The sensor answers wrongly',
    broken: 'The sensor has a defect',
    unbelievable: 'The value cannot be true',
    notYet: 'Nothing measured yet',
  },
  justNow: 'now',
  values: 'Measured here',
  language: 'Language',
  simpleMeter: 'Measured here with simple meters; not data of the official monitoring network.',
  technical: {
    show: 'More values',
    hide: 'Fewer values',
    title: 'Technical values',
    sensors: 'Sensors',
    inputs: 'Inputs',
  },
  sensorStates: { starting: 'Starting', ok: 'Working', failing: 'Faulty', unknown: 'Not known' },
  inputStates: {
    pressed: 'Pressed',
    released: 'Not pressed',
    open: 'Open',
    closed: 'Closed',
    present: 'Somebody there',
    absent: 'Nobody there',
  },
  inputUnread: 'Not read yet',
  notices: { 'button.pressed': 'The button was pressed', 'door.open': 'The door is open' },
};
