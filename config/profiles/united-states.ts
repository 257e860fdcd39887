import { black, type Profile, white } from './profile.js';

export const unitedStates: Profile = {
  name: { en: 'United States', ko: '미국' },
  indices: ['us-aqi', 'nowcast', 'nws-heat-index', 'wind-chill'],
  air: {
    of: ['us-aqi', 'nowcast'],
    sources: [
      'https://nepis.epa.gov/Exe/ZyPURL.cgi?Dockey=P100H1LY.txt',
      'https://www.dir.ca.gov/dosh/wildfire/worker-protection-from-wildfire-smoke.html',
    ],
    grades: [
      {
        id: 'good',
        word: { en: 'Good', ko: '좋음' },
        colour: '#00e400',
        ink: black,
        advice: {
          everyone: { en: 'A great day to be active outdoors.', ko: '야외 활동하기 좋은 날입니다.' },
          sensitive: { en: 'Be active outdoors as you like.', ko: '마음껏 야외 활동을 하세요.' },
          outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
        },
      },
      {
        id: 'moderate',
        word: { en: 'Moderate', ko: '보통' },
        colour: '#ffff00',
        ink: black,
        advice: {
          everyone: { en: 'Still a good day to be active outdoors.', ko: '야외 활동을 해도 괜찮습니다.' },
          sensitive: {
            en: 'If dust troubles you, make exercise shorter.',
            ko: '먼지에 민감하면 운동을 줄이세요.',
          },
          outdoorWorkers: {
            en: 'Take it easier if you cough.',
            ko: '기침이 나면 강도를 낮추세요.',
          },
        },
      },
      {
        id: 'unhealthy-for-sensitive-groups',
        word: { en: 'Unhealthy for sensitive groups', ko: '민감군에 나쁨' },
        colour: '#ff7e00',
        ink: black,
        advice: {
          everyone: { en: 'Most people can be active outdoors.', ko: '대부분은 야외 활동을 해도 됩니다.' },
          sensitive: {
            en: 'Take more breaks; keep your inhaler at hand.',
            ko: '더 자주 쉬고 흡입기를 챙기세요.',
          },
          outdoorWorkers: {
            en: 'Take breaks, and watch for a cough or short breath.',
            ko: '쉬어 가며 기침이나 숨가쁨을 살피세요.',
          },
        },
      },
      {
        id: 'unhealthy',
        word: { en: 'Unhealthy', ko: '나쁨' },
        colour: '#ff0000',
        ink: black,
        advice: {
          everyone: { en: 'Make hard exercise outdoors shorter.', ko: '격한 야외 운동을 줄이세요.' },
          sensitive: {
            en: 'Avoid exertion; move activities indoors.',
            ko: '무리하지 말고 실내에서 활동하세요.',
          },
          outdoorWorkers: {
            en: 'Ask for an N95 respirator; work in cleaner air.',
            ko: 'N95 마스크를 쓰고 공기가 나은 곳에서 일하세요.',
          },
        },
      },
      {
        id: 'very-unhealthy',
        word: { en: 'Very unhealthy', ko: '매우 나쁨' },
        colour: '#8f3f97',
        ink: white,
        advice: {
          everyone: {
            en: 'Avoid long or hard exertion outdoors.',
            ko: '길거나 무리한 야외 활동을 피하세요.',
          },
          sensitive: { en: 'Avoid all physical activity outdoors.', ko: '모든 야외 신체 활동을 피하세요.' },
          outdoorWorkers: {
            en: 'Wear an N95 respirator; put off heavy work.',
            ko: 'N95 마스크를 쓰고 힘든 작업은 미루세요.',
          },
        },
      },
      {
        id: 'hazardous',
        word: { en: 'Hazardous', ko: '위험' },
        colour: '#7e0023',
        ink: white,
        advice: {
          everyone: { en: 'Avoid all physical activity outdoors.', ko: '모든 야외 신체 활동을 피하세요.' },
          sensitive: { en: 'Stay indoors and keep quiet.', ko: '실내에 머무르며 움직임을 줄이세요.' },
          outdoorWorkers: {
            en: 'Stop work outdoors, or wear an N95 respirator.',
            ko: '야외 작업을 멈추거나 N95 마스크를 쓰세요.',
          },
        },
      },
    ],
  },
  feelsLike: ['nws-heat-index', 'wind-chill'],
  weather: [
    {
      of: ['nws-heat-index'],
      sources: ['https://www.osha.gov/SLTC/heatillness/heat_index/using_heat_protect_workers.html'],
      grades: [
        {
          id: 'low',
          word: { en: 'No heat risk', ko: '더위 안전' },
          colour: '#dfe5ea',
          ink: black,
          advice: {
            everyone: { en: 'The heat asks for no care.', ko: '더위를 걱정하지 않아도 됩니다.' },
            sensitive: { en: 'Drink as usual.', ko: '평소처럼 물을 드세요.' },
            outdoorWorkers: { en: 'Have drinking water within reach.', ko: '마실 물을 가까이 두세요.' },
          },
        },
        {
          id: 'caution',
          word: { en: 'Heat: caution', ko: '더위 주의' },
          colour: '#ffe680',
          ink: black,
          advice: {
            everyone: { en: 'You tire sooner; drink water.', ko: '쉽게 지칩니다. 물을 드세요.' },
            sensitive: { en: 'Rest in the shade and drink often.', ko: '그늘에서 쉬며 물을 자주 드세요.' },
            outdoorWorkers: {
              en: 'Drink often, and plan breaks in the shade.',
              ko: '물을 자주 마시고 그늘 휴식을 정하세요.',
            },
          },
        },
        {
          id: 'extreme-caution',
          word: { en: 'Heat: extreme caution', ko: '더위 극히 주의' },
          colour: '#ffb02e',
          ink: black,
          advice: {
            everyone: { en: 'Do less in the sun; drink often.', ko: '햇볕 활동을 줄이고 물을 자주 드세요.' },
            sensitive: { en: 'Stay in the shade or indoors.', ko: '그늘이나 실내에 머무르세요.' },
            outdoorWorkers: {
              en: 'Drink every 20 minutes; rest in the shade.',
              ko: '20분마다 물을 마시고 그늘에서 쉬세요.',
            },
          },
        },
        {
          id: 'danger',
          word: { en: 'Heat: danger', ko: '더위 위험' },
          colour: '#e2601a',
          ink: black,
          advice: {
            everyone: {
              en: 'Put off exercise; stay where it is cool.',
              ko: '운동을 미루고 시원한 곳에 머무르세요.',
            },
            sensitive: { en: 'Stay in a cool room.', ko: '시원한 실내에 머무르세요.' },
            outdoorWorkers: {
              en: 'Work in the cool hours; watch each other.',
              ko: '서늘한 시간에 일하고 서로 살피세요.',
            },
          },
        },
        {
          id: 'extreme-danger',
          word: { en: 'Heat: extreme danger', ko: '더위 극히 위험' },
          colour: '#a3121f',
          ink: white,
          advice: {
            everyone: {
              en: 'Heat stroke is likely: stay indoors.',
              ko: '열사병 위험이 큽니다. 실내에 머무르세요.',
            },
            sensitive: { en: 'Stay in a cool room, and not alone.', ko: '시원한 실내에서 혼자 있지 마세요.' },
            outdoorWorkers: { en: 'Stop all work that can wait.', ko: '미룰 수 있는 작업은 모두 멈추세요.' },
          },
        },
      ],
    },
    {
      of: ['wind-chill'],
      sources: [
        'https://www.canada.ca/en/environment-climate-change/services/weather-health/wind-chill-cold-weather/wind-chill-index.html',
      ],
      grades: [
        {
          id: 'extreme',
          word: { en: 'Cold: extreme danger', ko: '추위 극히 위험' },
          colour: '#2b0a4f',
          ink: white,
          advice: {
            everyone: {
              en: 'Stay indoors: skin freezes in 2 minutes.',
              ko: '실내에 머무르세요. 피부가 2분 안에 업니다.',
            },
            sensitive: { en: 'Do not go out.', ko: '외출하지 마세요.' },
            outdoorWorkers: { en: 'Stop work outdoors.', ko: '야외 작업을 멈추세요.' },
          },
        },
        {
          id: 'severe',
          word: { en: 'Cold: danger', ko: '추위 위험' },
          colour: '#5b2a9d',
          ink: white,
          advice: {
            everyone: {
              en: 'Cover all skin and be ready to go in.',
              ko: '피부를 모두 가리고 곧 실내로 가세요.',
            },
            sensitive: { en: 'Stay indoors.', ko: '실내에 머무르세요.' },
            outdoorWorkers: {
              en: 'Keep work short; check faces for frostbite.',
              ko: '작업을 짧게 하고 얼굴 동상을 살피세요.',
            },
          },
        },
        {
          id: 'very-high',
          word: { en: 'Cold: warning', ko: '추위 경고' },
          colour: '#1f4fb5',
          ink: white,
          advice: {
            everyone: {
              en: 'Cover all skin; it can freeze in 5 minutes.',
              ko: '피부를 모두 가리세요. 5분이면 업니다.',
            },
            sensitive: { en: 'Go out only for a short time.', ko: '외출은 짧게 하세요.' },
            outdoorWorkers: {
              en: 'Warm up often; check fingers and ears.',
              ko: '자주 몸을 녹이고 손과 귀를 살피세요.',
            },
          },
        },
        {
          id: 'high',
          word: { en: 'Cold: caution', ko: '추위 주의' },
          colour: '#5aa9e6',
          ink: black,
          advice: {
            everyone: { en: 'Cover bare skin and keep moving.', ko: '드러난 피부를 가리고 몸을 움직이세요.' },
            sensitive: { en: 'Wear layers that keep the wind out.', ko: '바람을 막는 옷을 겹쳐 입으세요.' },
            outdoorWorkers: { en: 'Take breaks where it is warm.', ko: '따뜻한 곳에서 쉬어 가며 일하세요.' },
          },
        },
        {
          id: 'moderate',
          word: { en: 'Cold', ko: '추움' },
          colour: '#a9d6f5',
          ink: black,
          advice: {
            everyone: {
              en: 'Dress in layers, with a hat and gloves.',
              ko: '옷을 겹쳐 입고 모자와 장갑을 쓰세요.',
            },
            sensitive: {
              en: 'Keep warm and dry while you wait.',
              ko: '기다리는 동안 따뜻하고 마르게 하세요.',
            },
            outdoorWorkers: {
              en: 'Keep active, and change wet clothes.',
              ko: '몸을 움직이고 젖은 옷은 갈아입으세요.',
            },
          },
        },
        {
          id: 'low',
          word: { en: 'No cold risk', ko: '추위 안전' },
          colour: '#dfe5ea',
          ink: black,
          advice: {
            everyone: { en: 'Dress for the temperature.', ko: '기온에 맞게 입으세요.' },
            sensitive: { en: 'Dress warmly.', ko: '따뜻하게 입으세요.' },
            outdoorWorkers: { en: 'Dress warmly.', ko: '따뜻하게 입고 작업하세요.' },
          },
        },
      ],
    },
  ],
  alerts: [],
  units: { temperature: 'fahrenheit', wind: 'mph' },
};
