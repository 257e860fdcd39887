/** Units that people read in, each as a factor and an offset from ours: °C and m/s. */
export const displayUnits = {
  temperature: {
    celsius: { symbol: '°C', factor: 1, offset: 0 },
    fahrenheit: { symbol: '°F', factor: 1.8, offset: 32 },
  },
  wind: {
    'm/s': { symbol: 'm/s', factor: 1, offset: 0 },
    'km/h': { symbol: 'km/h', factor: 3.6, offset: 0 },
    mph: { symbol: 'mph', factor: 3600 / 1609.344, offset: 0 },
  },
} as const;

export type DisplayUnit<Of extends keyof typeof displayUnits> = keyof (typeof displayUnits)[Of];
