import { black, type Profile, white } from './profile.js';

export const who: Profile = {
  name: { en: 'World Health Organization', ko: '세계보건기구' },
  indices: ['who-exceedance'],
  air: {
    of: ['who-exceedance'],
    sources: [
      'https://iris.who.int/handle/10665/345329',
      'https://www.who.int/europe/publications/personal-level-actions-to-reduce-air-pollution-exposure',
    ],
    grades: [
      {
        id: 'guideline',
        word: { en: 'Meets the guideline', ko: '권고기준 이내' },
        colour: '#1a7f5a',
        ink: white,
        advice: {
          everyone: { en: 'Walk, cycle and play outdoors.', ko: '걷기와 자전거 등 야외 활동을 즐기세요.' },
          sensitive: { en: 'Be active outdoors.', ko: '야외에서 활동하세요.' },
          outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
        },
      },
      {
        id: 'interim-4',
        word: { en: 'Just above the guideline', ko: '권고기준 조금 초과' },
        colour: '#8ccf7e',
        ink: black,
        advice: {
          everyone: { en: 'Being active still does you good.', ko: '야외 활동은 여전히 건강에 좋습니다.' },
          sensitive: { en: 'Choose streets with little traffic.', ko: '차가 적은 길을 고르세요.' },
          outdoorWorkers: { en: 'Keep away from exhaust fumes.', ko: '배기가스를 피하세요.' },
        },
      },
      {
        id: 'interim-3',
        word: { en: 'Above the guideline', ko: '권고기준 초과' },
        colour: '#f4d94a',
        ink: black,
        advice: {
          everyone: { en: 'Exercise away from traffic.', ko: '차가 많은 길을 피해 운동하세요.' },
          sensitive: { en: 'Make long exertion outdoors shorter.', ko: '오랜 야외 활동을 줄이세요.' },
          outdoorWorkers: { en: 'Take breaks in cleaner air.', ko: '공기가 더 나은 곳에서 쉬세요.' },
        },
      },
      {
        id: 'interim-2',
        word: { en: 'Well above the guideline', ko: '권고기준 크게 초과' },
        colour: '#f29436',
        ink: black,
        advice: {
          everyone: { en: 'Make hard exercise outdoors shorter.', ko: '격한 야외 운동을 줄이세요.' },
          sensitive: { en: 'Avoid exertion; keep medicines at hand.', ko: '무리하지 말고 약을 챙기세요.' },
          outdoorWorkers: {
            en: 'Put heavy work at cleaner hours.',
            ko: '힘든 작업은 공기가 나은 때에 하세요.',
          },
        },
      },
      {
        id: 'interim-1',
        word: { en: 'Far above the guideline', ko: '권고기준 매우 크게 초과' },
        colour: '#c43c39',
        ink: white,
        advice: {
          everyone: { en: 'Avoid exertion outdoors.', ko: '무리한 야외 활동을 피하세요.' },
          sensitive: { en: 'Stay indoors where the air is cleaner.', ko: '공기가 깨끗한 실내에 머무르세요.' },
          outdoorWorkers: {
            en: 'Shorten the work; wear a well-fitted mask.',
            ko: '작업을 줄이고 꼭 맞는 마스크를 쓰세요.',
          },
        },
      },
      {
        id: 'above-interim-1',
        word: { en: 'Extreme', ko: '극심' },
        colour: '#5e1a4f',
        ink: white,
        advice: {
          everyone: { en: 'Stay indoors as much as you can.', ko: '되도록 실내에 머무르세요.' },
          sensitive: {
            en: 'Stay indoors; get help if you feel unwell.',
            ko: '실내에 머무르고 아프면 도움을 받으세요.',
          },
          outdoorWorkers: {
            en: 'Put the work off, or wear a respirator.',
            ko: '작업을 미루거나 방진 마스크를 쓰세요.',
          },
        },
      },
    ],
  },
  feelsLike: [],
  weather: [],
  alerts: [],
  units: { temperature: 'celsius', wind: 'm/s' },
};
