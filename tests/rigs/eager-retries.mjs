/**
 * Preloaded by a runtime (`node --import`): it draws a fiftieth of the usual waits before it tries again, so that it
 * comes back to be cut off more often in a minute.
 */
const { random } = Math;

Math.random = () => random() / 50;
