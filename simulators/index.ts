/** Stand-ins for the devices of a shelter: each speaks its device's bytes and can fail in its ways. */
export { type EmbeddedBroker, type Published, startBroker } from './broker.js';
export { ptyBus, ptyBusAt } from './buses/pty.js';
export { serialBus } from './buses/serial.js';
export { tcpBus } from './buses/tcp.js';
export { type SimulatedCity, simulateCity } from './city/city.js';
export { type Faultable, type RigConsole, readLines, rigConsole } from './console.js';
export { type ConsoleServer, serveConsole } from './console-server.js';
export type { Air, Bus, Environment, PoweredTwin, SerialTwin, Surroundings } from './contract.js';
export { type SimulatedDevice, simulateDevice } from './device.js';
export { modelledEnvironment } from './environment.js';
export { type FaultName, faultNames, faults, isFaultName } from './faults.js';
export { simulatedDhts } from './models/dht.js';
export { simulatedGpio, wornButton } from './models/gpio.js';
export { createSerialTwin, serialTwins } from './models/index.js';
export { type ColumnMap, columnMap, loadRecording, parseRecording } from './recording.js';
export { replayEnvironment } from './replay.js';
export { type VirtualClock, virtualClock } from './virtual-clock.js';
