import { black, type Profile, white } from './profile.js';

export const europeanUnion: Profile = {
  name: { en: 'European Union', ko: '유럽연합' },
  indices: ['eaqi', 'wind-chill', 'nws-heat-index'],
  air: {
    of: ['eaqi'],
    sources: [
      'https://airindex.eea.europa.eu/AQI/index.html',
      'https://geosphere.at/en/maps/health-weather/air-quality-index',
      'https://www.who.int/europe/publications/personal-level-actions-to-reduce-air-pollution-exposure',
    ],
    grades: [
      {
        id: 'good',
        word: { en: 'Good', ko: '좋음' },
        colour: '#50f0e6',
        ink: black,
        advice: {
          everyone: { en: 'Enjoy being outdoors as usual.', ko: '평소처럼 야외 활동을 즐기세요.' },
          sensitive: { en: 'Enjoy being outdoors as usual.', ko: '평소처럼 야외 활동을 즐기세요.' },
          outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
        },
      },
      {
        id: 'fair',
        word: { en: 'Fair', ko: '양호' },
        colour: '#50ccaa',
        ink: black,
        advice: {
          everyone: { en: 'Enjoy being outdoors as usual.', ko: '평소처럼 야외 활동을 즐기세요.' },
          sensitive: { en: 'Enjoy being outdoors as usual.', ko: '평소처럼 야외 활동을 즐기세요.' },
          outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
        },
      },
      {
        id: 'moderate',
        word: { en: 'Moderate', ko: '보통' },
        colour: '#f0e641',
        ink: black,
        advice: {
          everyone: { en: 'Enjoy being outdoors as usual.', ko: '평소처럼 야외 활동을 즐기세요.' },
          sensitive: {
            en: 'If you feel it, make hard activity less.',
            ko: '증상이 있으면 격한 활동을 줄이세요.',
          },
          outdoorWorkers: {
            en: 'Mind how you feel at heavy work.',
            ko: '힘든 작업 때는 몸 상태를 살피세요.',
          },
        },
      },
      {
        id: 'poor',
        word: { en: 'Poor', ko: '나쁨' },
        colour: '#ff5050',
        ink: black,
        advice: {
          everyone: {
            en: 'Do less outdoors if eyes or throat are sore.',
            ko: '눈이나 목이 아프면 야외 활동을 줄이세요.',
          },
          sensitive: {
            en: 'Think of doing less, above all outdoors.',
            ko: '특히 야외에서는 활동을 줄이세요.',
          },
          outdoorWorkers: {
            en: 'Keep away from traffic, and rest more.',
            ko: '차가 많은 곳을 피하고 더 쉬세요.',
          },
        },
      },
      {
        id: 'very-poor',
        word: { en: 'Very poor', ko: '매우 나쁨' },
        colour: '#960032',
        ink: white,
        advice: {
          everyone: {
            en: 'Cut hard activity if eyes or throat are sore.',
            ko: '눈이나 목이 아프면 격한 활동을 멈추세요.',
          },
          sensitive: { en: 'Do less, above all outdoors.', ko: '활동을 줄이세요. 야외에서는 더 줄이세요.' },
          outdoorWorkers: {
            en: 'Put off heavy work, or wear an FFP2 mask.',
            ko: '힘든 작업은 미루거나 FFP2 마스크를 쓰세요.',
          },
        },
      },
      {
        id: 'extremely-poor',
        word: { en: 'Extremely poor', ko: '극히 나쁨' },
        colour: '#7d2181',
        ink: white,
        advice: {
          everyone: { en: 'Do less outdoors.', ko: '야외 활동을 줄이세요.' },
          sensitive: { en: 'Avoid activity outdoors.', ko: '야외 활동을 피하세요.' },
          outdoorWorkers: {
            en: 'Shorten the work, and wear an FFP2 mask.',
            ko: '작업을 줄이고 FFP2 마스크를 쓰세요.',
          },
        },
      },
    ],
  },
  feelsLike: ['wind-chill', 'nws-heat-index'],
  // Europe has bands and messages of its own for the air only.
  weather: [],
  alerts: [],
  units: { temperature: 'celsius', wind: 'km/h' },
};
