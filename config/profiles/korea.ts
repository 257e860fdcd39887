import { black, type GradeShown, type Profile, white } from './profile.js';

type Advice = GradeShown['advice'];

const hot: Advice = {
  everyone: {
    en: 'Drink water often and keep out of the sun.',
    ko: '물을 자주 마시고 햇볕을 피하세요.',
  },
  sensitive: {
    en: 'Avoid going out between noon and 5 pm.',
    ko: '낮 12시부터 5시까지는 외출을 피하세요.',
  },
  outdoorWorkers: {
    en: 'Rest 10 minutes in every hour, in the shade.',
    ko: '매시간 10분씩 그늘에서 쉬세요.',
  },
};

const veryHot: Advice = {
  everyone: {
    en: 'Put off what you do outdoors; stay where it is cool.',
    ko: '야외 활동을 미루고 시원한 곳에 머무르세요.',
  },
  sensitive: {
    en: 'Stay in a cool room or go to a cooling shelter.',
    ko: '시원한 실내나 무더위 쉼터에 머무르세요.',
  },
  outdoorWorkers: {
    en: 'Rest 15 minutes in every hour; stop from 2 to 5 pm.',
    ko: '매시간 15분씩 쉬고, 오후 2~5시에는 작업을 멈추세요.',
  },
};

const veryCold: Advice = {
  everyone: {
    en: 'Wear a hat, gloves and a scarf, and keep moving.',
    ko: '모자, 장갑, 목도리를 착용하고 몸을 움직이세요.',
  },
  sensitive: {
    en: 'Go out only for a short time, and well wrapped.',
    ko: '외출은 짧게 하고 몸을 따뜻하게 감싸세요.',
  },
  outdoorWorkers: {
    en: 'Warm up often, and change clothes that are wet.',
    ko: '자주 몸을 녹이고 젖은 옷은 갈아입으세요.',
  },
};

const bitterlyCold: Advice = {
  everyone: {
    en: 'Stay indoors; bare skin can get frostbite.',
    ko: '실내에 머무르세요. 드러난 피부는 동상 위험이 있습니다.',
  },
  sensitive: {
    en: 'Do not go out unless you must.',
    ko: '꼭 필요한 일이 아니면 외출하지 마세요.',
  },
  outdoorWorkers: {
    en: 'Put off long work outdoors; cover all your skin.',
    ko: '긴 야외 작업을 미루고 피부가 드러나지 않게 하세요.',
  },
};

const dusty: Advice = {
  everyone: {
    en: 'Cut long or hard exercise outdoors short.',
    ko: '장시간 또는 무리한 실외 활동을 줄이세요.',
  },
  sensitive: {
    en: 'Avoid exertion outdoors; keep your inhaler at hand.',
    ko: '무리한 실외 활동을 피하고 흡입기를 챙기세요.',
  },
  outdoorWorkers: {
    en: 'Wear a KF80 mask or better, and rest more often.',
    ko: 'KF80 이상 마스크를 쓰고 더 자주 쉬세요.',
  },
};

const veryDusty: Advice = {
  everyone: {
    en: 'Avoid activity outdoors, above all if you cough.',
    ko: '실외 활동을 피하세요. 기침이 나면 특히 조심하세요.',
  },
  sensitive: {
    en: 'Stay indoors; ask a doctor before you go out.',
    ko: '실내에 머무르고, 외출 전 의사와 상의하세요.',
  },
  outdoorWorkers: {
    en: 'Shorten or put off the work; wear a KF80 mask or better.',
    ko: '작업을 줄이거나 미루고 KF80 이상 마스크를 쓰세요.',
  },
};

const airGuidance = [
  'https://airkorea.or.kr/web/pollutant?pMENU_NO=177',
  'http://www.cleanair.go.kr/dust/information/press.do?article.offset=40&articleLimit=10&articleNo=1228&mode=view',
];
const heatGuidance = [
  'https://www.asiatoday.co.kr/view.php?key=20220805010003588',
  'https://iljarihub.or.kr/wesc/bbs/B0000005/view.do?menuNo=200157&nttId=4215&pageIndex=1060',
];
const coldGuidance = [
  'https://www.data.go.kr/data/15043578/fileData.do',
  'https://khu0927.tistory.com/520?category=966656',
];

export const korea: Profile = {
  name: { en: 'Korea', ko: '대한민국' },
  indices: ['pm-grade-kr', 'pm24h-estimate', 'pm-alert-kr', 'cai', 'kma-feels-like', 'discomfort'],
  air: {
    of: ['pm-grade-kr', 'pm24h-estimate', 'cai'],
    sources: airGuidance,
    grades: [
      {
        id: 'good',
        word: { en: 'Good', ko: '좋음' },
        colour: '#1565c0',
        ink: white,
        advice: {
          everyone: { en: 'A good day to be outdoors.', ko: '야외 활동하기 좋습니다.' },
          sensitive: { en: 'Go out as you like.', ko: '평소처럼 외출해도 좋습니다.' },
          outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
        },
      },
      {
        id: 'moderate',
        word: { en: 'Moderate', ko: '보통' },
        colour: '#2fb457',
        ink: black,
        advice: {
          everyone: { en: 'Go about your day as usual.', ko: '평소처럼 지내도 됩니다.' },
          sensitive: {
            en: 'Mind how you feel while you are outdoors.',
            ko: '실외에서는 몸 상태를 살피며 활동하세요.',
          },
          outdoorWorkers: {
            en: 'Work as usual; watch the air through the day.',
            ko: '평소처럼 작업하며 농도를 확인하세요.',
          },
        },
      },
      { id: 'bad', word: { en: 'Bad', ko: '나쁨' }, colour: '#ffd21f', ink: black, advice: dusty },
      {
        id: 'very-bad',
        word: { en: 'Very bad', ko: '매우나쁨' },
        colour: '#c62828',
        ink: white,
        advice: veryDusty,
      },
    ],
  },
  feelsLike: ['kma-feels-like'],
  weather: [
    {
      of: ['kma-feels-like'],
      sources: [...heatGuidance, ...coldGuidance],
      grades: [
        {
          id: 'cold-danger',
          word: { en: 'Cold: danger', ko: '추위 위험' },
          colour: '#3b0a75',
          ink: white,
          advice: bitterlyCold,
        },
        {
          id: 'cold-warning',
          word: { en: 'Cold: warning', ko: '추위 경고' },
          colour: '#1f4fb5',
          ink: white,
          advice: veryCold,
        },
        {
          id: 'cold-caution',
          word: { en: 'Cold: caution', ko: '추위 주의' },
          colour: '#5aa9e6',
          ink: black,
          advice: {
            everyone: {
              en: 'Dress warmly, with a hat and gloves.',
              ko: '모자와 장갑까지 따뜻하게 입으세요.',
            },
            sensitive: { en: 'Wear several layers and keep dry.', ko: '옷을 여러 겹 입고 젖지 않게 하세요.' },
            outdoorWorkers: {
              en: 'Keep clothes and shoes dry; have a warm drink.',
              ko: '옷과 신발을 마르게 하고 따뜻한 물을 드세요.',
            },
          },
        },
        {
          id: 'none',
          word: { en: 'No risk', ko: '안전' },
          colour: '#dfe5ea',
          ink: black,
          advice: {
            everyone: { en: 'Dress for the weather.', ko: '날씨에 맞게 입으세요.' },
            sensitive: {
              en: 'Take a layer for morning and evening.',
              ko: '아침저녁에 입을 겉옷을 챙기세요.',
            },
            outdoorWorkers: { en: 'Work as usual.', ko: '평소처럼 작업하세요.' },
          },
        },
        {
          id: 'heat-attention',
          word: { en: 'Heat: attention', ko: '더위 관심' },
          colour: '#ffe680',
          ink: black,
          advice: {
            everyone: { en: 'Drink water before you are thirsty.', ko: '목마르기 전에 물을 드세요.' },
            sensitive: { en: 'Wear light clothes and rest often.', ko: '가벼운 옷을 입고 자주 쉬세요.' },
            outdoorWorkers: {
              en: 'Have cool water and shade ready.',
              ko: '시원한 물과 그늘을 준비하세요.',
            },
          },
        },
        {
          id: 'heat-caution',
          word: { en: 'Heat: caution', ko: '더위 주의' },
          colour: '#ffb02e',
          ink: black,
          advice: hot,
        },
        {
          id: 'heat-warning',
          word: { en: 'Heat: warning', ko: '더위 경고' },
          colour: '#e2601a',
          ink: black,
          advice: veryHot,
        },
        {
          id: 'heat-danger',
          word: { en: 'Heat: danger', ko: '더위 위험' },
          colour: '#a3121f',
          ink: white,
          advice: {
            everyone: {
              en: 'Do not go out. Stay in a cool room.',
              ko: '외출하지 말고 시원한 실내에 머무르세요.',
            },
            sensitive: {
              en: 'Stay where it is cool, and do not be alone.',
              ko: '시원한 곳에서 혼자 있지 마세요.',
            },
            outdoorWorkers: {
              en: 'Stop all but urgent work from 2 to 5 pm.',
              ko: '오후 2~5시에는 긴급 작업 외에는 멈추세요.',
            },
          },
        },
      ],
    },
    {
      of: ['discomfort'],
      sources: ['http://www.weather.go.kr/weather/lifenindustry/li_asset/HELP/basic/help_01_05.jsp'],
      grades: [
        {
          id: 'low',
          word: { en: 'Low', ko: '낮음' },
          colour: '#1565c0',
          ink: white,
          advice: {
            everyone: { en: 'It is pleasant for everybody.', ko: '모두가 쾌적하게 느낍니다.' },
            sensitive: { en: 'It is pleasant to be out.', ko: '외출하기 쾌적합니다.' },
            outdoorWorkers: { en: 'It is pleasant to work.', ko: '일하기 쾌적합니다.' },
          },
        },
        {
          id: 'normal',
          word: { en: 'Normal', ko: '보통' },
          colour: '#2fb457',
          ink: black,
          advice: {
            everyone: { en: 'It begins to feel close.', ko: '불쾌감을 느끼기 시작합니다.' },
            sensitive: { en: 'Wear light clothes outdoors.', ko: '야외에서는 가벼운 옷을 입으세요.' },
            outdoorWorkers: { en: 'Wear light clothes.', ko: '가벼운 옷을 입고 작업하세요.' },
          },
        },
        {
          id: 'high',
          word: { en: 'High', ko: '높음' },
          colour: '#ffd21f',
          ink: black,
          advice: {
            everyone: {
              en: 'Half of us feel unwell: cool the room.',
              ko: '절반이 불쾌감을 느낍니다. 실내를 식히세요.',
            },
            sensitive: {
              en: 'Do less outdoors from noon to 5 pm.',
              ko: '낮 12시~5시에는 야외 활동을 줄이세요.',
            },
            outdoorWorkers: { en: 'Take breaks where it is cool.', ko: '시원한 곳에서 쉬어 가며 일하세요.' },
          },
        },
        {
          id: 'very-high',
          word: { en: 'Very high', ko: '매우높음' },
          colour: '#c62828',
          ink: white,
          advice: {
            everyone: {
              en: 'Cool the room or go to a shelter.',
              ko: '실내를 식히거나 무더위 쉼터로 가세요.',
            },
            sensitive: {
              en: 'Drink enough, and stay indoors.',
              ko: '물을 충분히 마시고 야외 활동을 피하세요.',
            },
            outdoorWorkers: {
              en: 'Drink water and rest in the shade often.',
              ko: '물을 마시고 그늘에서 자주 쉬세요.',
            },
          },
        },
      ],
    },
  ],
  alerts: [
    {
      of: ['pm-alert-kr'],
      sources: airGuidance,
      grades: [
        {
          id: 'advisory',
          word: { en: 'Fine dust advisory', ko: '미세먼지 주의보' },
          colour: '#ffd21f',
          ink: black,
          advice: dusty,
        },
        {
          id: 'warning',
          word: { en: 'Fine dust warning', ko: '미세먼지 경보' },
          colour: '#c62828',
          ink: white,
          advice: veryDusty,
        },
      ],
    },
    {
      of: ['heat-advisory'],
      sources: heatGuidance,
      grades: [
        {
          id: 'advisory',
          word: { en: 'Heat advisory', ko: '폭염주의보' },
          colour: '#ffb02e',
          ink: black,
          advice: hot,
        },
        {
          id: 'warning',
          word: { en: 'Heat warning', ko: '폭염경보' },
          colour: '#a3121f',
          ink: white,
          advice: veryHot,
        },
      ],
    },
    {
      of: ['cold-advisory'],
      sources: coldGuidance,
      grades: [
        {
          id: 'advisory',
          word: { en: 'Cold advisory', ko: '한파주의보' },
          colour: '#5aa9e6',
          ink: black,
          advice: veryCold,
        },
        {
          id: 'warning',
          word: { en: 'Cold warning', ko: '한파경보' },
          colour: '#3b0a75',
          ink: white,
          advice: bitterlyCold,
        },
      ],
    },
  ],
  units: { temperature: 'celsius', wind: 'm/s' },
};
