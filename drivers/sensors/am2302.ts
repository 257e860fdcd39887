import { defineDriver } from '../contract.js';
import { dht22 } from './dht22.js';

/** The DHT22 under the name that its wired version carries. */
export const am2302 = defineDriver({ ...dht22, model: 'am2302', title: 'Aosong AM2302' });
