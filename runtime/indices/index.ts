import { cai } from './air/cai.js';
import { eaqi } from './air/eaqi.js';
import { epaCorrection, epaCorrection2021 } from './air/epa-correction.js';
import { humidityGrowth } from './air/humidity-growth.js';
import { nowcast } from './air/nowcast.js';
import { pmAlertKr } from './air/pm-alert-kr.js';
import { pmGradeKr } from './air/pm-grade-kr.js';
import { pm24hEstimate } from './air/pm24h-estimate.js';
import { usAqi } from './air/us-aqi.js';
import { whoExceedance } from './air/who-exceedance.js';
import type { IndexDefinition } from './definition.js';
import { dewPoint } from './weather/dew-point.js';
import { discomfort } from './weather/discomfort.js';
import { humidex } from './weather/humidex.js';
import { kmaFeelsLike } from './weather/kma-feels-like.js';
import { nwsHeatIndex } from './weather/nws-heat-index.js';
import { wetBulb } from './weather/wet-bulb.js';
import { windChill } from './weather/wind-chill.js';

/** Every index, one line each. */
export const indices: readonly IndexDefinition[] = [
  pmGradeKr,
  pmAlertKr,
  pm24hEstimate,
  cai,
  usAqi,
  nowcast,
  eaqi,
  whoExceedance,
  epaCorrection,
  epaCorrection2021,
  humidityGrowth,
  kmaFeelsLike,
  discomfort,
  nwsHeatIndex,
  windChill,
  humidex,
  dewPoint,
  wetBulb,
];
