/** The manual that the tests follow. */
export const qartod =
  'IOOS QARTOD, Manual for Real-Time Quality Control (https://ioos.noaa.gov/project/qartod/)';
