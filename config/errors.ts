/**
 * Every error a technician can meet, by its code: what it means, whether the device tries again by itself, and what a
 * person can do about it. `config/ERRORS.md` is generated from this table.
 */
export const errorCodes = {
  SITE_INVALID: {
    meaning: 'The site file does not describe a shelter.',
    retry: false,
    hint: 'Correct the lines that the message names, then run `ushelter config check FILE`.',
  },
  SITE_UNREADABLE: {
    meaning: 'The site file could not be read.',
    retry: false,
    hint: 'Check the path and that the user who runs ushelter may read it.',
  },
  CAPTURE_UNREADABLE: {
    meaning: 'The captured bytes could not be read.',
    retry: false,
    hint: 'Give hex text such as `AA C0 D4 04`, or add --binary for raw bytes.',
  },
  RECORDING_INVALID: {
    meaning: 'A recording of weather and air could not be read for replay.',
    retry: false,
    hint: 'Correct the place that the message names, or the column map that says what each column holds.',
  },
  NATIVE_PACKAGE_MISSING: {
    meaning: 'A package with native code is not installed or does not load on this machine.',
    retry: false,
    hint: 'Run `npm rebuild` with a C++ compiler at hand, or remove the sensors that need the package.',
  },
  PORT_NOT_FOUND: {
    meaning: 'The device path does not exist.',
    retry: true,
    hint: 'Check the cable and power; `ls -l /dev/serial/by-id` shows what is plugged in.',
  },
  PORT_DENIED: {
    meaning: 'The device exists but may not be opened.',
    retry: true,
    hint: 'Add the user to the group that owns it (dialout for serial, gpio for GPIO), then log in again.',
  },
  PORT_BUSY: {
    meaning: 'Another program holds the device.',
    retry: true,
    hint: 'Find it with `fuser -v PATH` and stop it; ModemManager and a serial console are frequent holders.',
  },
  PORT_UNREACHABLE: {
    meaning: 'The network address of the device does not answer.',
    retry: true,
    hint: 'Check that the serial server is on and that host and port are right.',
  },
  PORT_FAILED: {
    meaning: 'The port failed while it was opened or used.',
    retry: true,
    hint: 'Check the cable and the power supply; `dmesg` shows what the kernel saw.',
  },
  DEVICE_LOST: {
    meaning: 'The device went away while it was in use.',
    retry: true,
    hint: 'Plug it in again; it is reopened by itself within 30 s.',
  },
  DEVICE_SILENT: {
    meaning: 'The port is open but no valid answer came in time.',
    retry: true,
    hint: 'Check power, TX/RX wiring, baud rate, and that the model is the one in the site file.',
  },
  DEVICE_REFUSED: {
    meaning: 'The device did not acknowledge a command.',
    retry: true,
    hint: 'Check the RX wire to the sensor; some clones do not take commands: then use the active mode.',
  },
  DEVICE_NONSENSE: {
    meaning: 'The device answered with something that its protocol does not allow.',
    retry: true,
    hint: 'Check the wiring length and grounding, and that the model is the one in the site file.',
  },
  DEVICE_BROKEN: {
    meaning: 'The device answers that a part of it does not work.',
    retry: true,
    hint: 'Check its power supply and that nothing blocks it; replace it where that does not help.',
  },
  BOARD_INCOMPATIBLE: {
    meaning: 'The board does not speak Firmata with I2C.',
    retry: true,
    hint: 'Flash StandardFirmata or ConfigurableFirmata with I2C at 57600 baud.',
  },
  GPIO_UNAVAILABLE: {
    meaning: 'This machine has no GPIO chip that fits the site file.',
    retry: true,
    hint: 'Compare `cat /sys/class/gpio/gpiochip*/label` with gpio.chip in the site file.',
  },
  STORE_UNUSABLE: {
    meaning: 'The database could not be opened or written.',
    retry: true,
    hint: 'Check free space and permissions of the folder that store.file names.',
  },
  STORE_DAMAGED: {
    meaning: 'The database was found damaged; what could be read of it goes on in a new file.',
    retry: true,
    hint: 'The card may be worn out: replace it soon. The damaged file lies beside the database.',
  },
  CALIBRATION_UNKEPT: {
    meaning:
      'Which calibrations there were could not be kept over a restart, or what was kept could not be read.',
    retry: true,
    hint: 'Check free space and permissions of the folder of the database. Sensing goes on, calibrated as the site says.',
  },
  UPLINK_UNREACHABLE: {
    meaning: 'The MQTT broker could not be reached.',
    retry: true,
    hint: 'Check the network, and host and port in uplink.url.',
  },
  UPLINK_REFUSED: {
    meaning: 'The MQTT broker refused the connection.',
    retry: true,
    hint: 'Check user name, password file, client certificate and the broker’s access rules.',
  },
  UPLINK_UNTRUSTED: {
    meaning: 'The MQTT broker could not prove that it is the right one.',
    retry: true,
    hint: 'Check uplink.caFile, the dates and names in the broker’s certificate, and the device’s clock.',
  },
  UPLINK_FILE_UNUSABLE: {
    meaning:
      'A file that uplink names (password, certificate or key) could not be read or is not what it should be.',
    retry: true,
    hint: 'Check the path and that the user who runs ushelter may read it; certificates and keys are PEM files.',
  },
  UPLINK_REJECTED: {
    meaning: 'The MQTT broker, or the codec, did not take a row for what it holds.',
    retry: true,
    hint: 'What the broker goes on refusing while it takes others is set aside in quarantine; `/api/v1/health` counts it.',
  },
  UPLINK_TOO_LARGE: {
    meaning: 'A message is larger than the MQTT broker takes.',
    retry: true,
    hint: 'It is sent in smaller pieces by itself; raise the broker’s limit, or lower uplink.batch.',
  },
  UPLINK_FORBIDDEN: {
    meaning: 'The MQTT broker does not allow the device to use a topic.',
    retry: true,
    hint: 'Allow the device to write and read the topics under uplink.topicPrefix in the broker’s access rules.',
  },
  UPLINK_BUSY: {
    meaning: 'The MQTT broker takes no message at present.',
    retry: true,
    hint: 'Nothing is lost and it is tried again by itself; where it lasts, ask who runs the broker about its quota.',
  },
  DOWNLINK_REFUSED: {
    meaning:
      'A message from upstream was refused: not signed as it must be, not for this device, too old or wrong.',
    retry: false,
    hint: 'Compare `kid`, `aud`, `kind`, `seq` and `exp` with uplink.trustedKeys, the id of the site and the clocks.',
  },
  DOWNLINK_UNKEPT: {
    meaning: 'What came from upstream could not be kept over a restart, or what was kept could not be read.',
    retry: true,
    hint: 'Check free space and permissions of the folder `downlink` beside the database.',
  },
  DESIRED_INVALID: {
    meaning: 'A desired configuration does not fit this shelter, so nothing of it was applied.',
    retry: false,
    hint: 'Correct the keys that the message names and send it with a higher `seq`.',
  },
  COMMAND_REFUSED: {
    meaning: 'A command does not fit this shelter, so it was not carried out.',
    retry: false,
    hint: 'Correct what the message names and send it as a new command.',
  },
  COMMAND_FAILED: {
    meaning: 'A command was begun and did not succeed.',
    retry: false,
    hint: 'See the message and the log of the device, then send it as a new command.',
  },
  FEED_UNREACHABLE: {
    meaning: 'A feed did not answer, or answered that it does not work.',
    retry: true,
    hint: 'Check the network and the address of the feed; where others work, ask who runs it. Only its own tile suffers.',
  },
  FEED_REFUSED: {
    meaning: 'A feed does not accept the key, or does not know what it was asked about.',
    retry: true,
    hint: 'Check that the key is registered for this service and has not run out, and the ids of stop, city or station.',
  },
  FEED_KEY_UNUSABLE: {
    meaning: 'The file with the key of a feed could not be read or holds no key.',
    retry: true,
    hint: 'Put the key alone, in one line, into the file that keyFile names; the user who runs ushelter must be able to read it.',
  },
  FEED_QUOTA: {
    meaning: 'The calls of the day that a feed allows are used up.',
    retry: true,
    hint: 'It is asked again when the new day begins. Another program may use the same key: give this device one of its own.',
  },
  FEED_NONSENSE: {
    meaning: 'A feed answered with something that cannot be true or cannot be understood.',
    retry: true,
    hint: 'What cannot be true is not shown. Compare the message with the feed’s own page, and tell who runs it.',
  },
  FEED_STUCK: {
    meaning: 'A feed has given the same answer for too long, or an old one.',
    retry: true,
    hint: 'Its buses give way to the timetable. Tell who runs the feed that it stands still.',
  },
  FEED_UNKEPT: {
    meaning:
      'What is to be known of a feed after a restart could not be kept, or what was kept could not be read.',
    retry: true,
    hint: 'Check free space and permissions of the folder `feeds` beside the database.',
  },
  TIMETABLE_UNUSABLE: {
    meaning: 'The GTFS timetable could not be read.',
    retry: true,
    hint: 'Check feeds.timetable.path; it names a zip file or a folder with stops.txt, stop_times.txt, trips.txt and so on.',
  },
  TIMETABLE_OVER: {
    meaning: 'No bus runs by the GTFS timetable any more: it has ended, or knows nothing of this stop.',
    retry: true,
    hint: 'Put the new timetable in the place of the old one; it is read by itself within a minute.',
  },
  API_UNAVAILABLE: {
    meaning: 'The local interface could not listen on its address.',
    retry: false,
    hint: 'Choose another api.host or api.port in the site file.',
  },
  API_BUSY: {
    meaning: 'The local interface already serves as many as it may.',
    retry: true,
    hint: 'Ask again in a few seconds; close pages and scripts that are not needed.',
  },
  API_LIMITED: {
    meaning: 'Something was asked for more often than the local interface allows.',
    retry: true,
    hint: 'Ask again after the seconds that `retry-after` names.',
  },
  API_FAILED: {
    meaning: 'The local interface could not answer a request.',
    retry: false,
    hint: 'The log says why.',
  },
  API_READ_ONLY: {
    meaning: 'A request wanted to change something that the local interface only tells.',
    retry: false,
    hint: 'Ask with GET or HEAD.',
  },
  HOST_UNKNOWN: {
    meaning: 'A request was addressed to a host name that is not this device’s.',
    retry: false,
    hint: 'Use the device’s IP address, localhost, or the name in api.host of the site file.',
  },
  ORIGIN_FOREIGN: {
    meaning: 'A page that is not this device’s own wanted it to do something.',
    retry: false,
    hint: 'Use the page of the device itself; a script sends no `origin`.',
  },
  HELP_UNAVAILABLE: {
    meaning: 'Somebody called for help at a stop that can send the call to nobody.',
    retry: false,
    hint: 'Set up `uplink` in the site file, and `kiosk.help.phone` as the other way.',
  },
  WIFI_UNUSABLE: {
    meaning: 'The password of the Wi-Fi for people waiting could not be read or is none.',
    retry: true,
    hint: 'Check the path in kiosk.wifi.passwordFile and that the user who runs ushelter may read it.',
  },
  MAINTENANCE_OFF: {
    meaning: 'Nobody can log in for maintenance: there is no PIN, or it is not allowed from here.',
    retry: false,
    hint: 'Make a PIN with `ushelter pin`, and name its file in kiosk.maintenance.pinFile; log in at the device itself.',
  },
  PIN_INVALID: {
    meaning: 'What was given to `ushelter pin` is no PIN.',
    retry: false,
    hint: 'Give 6 to 12 digits, twice the same.',
  },
  MAINTENANCE_REFUSED: {
    meaning: 'A PIN was wrong, or a session for maintenance is over.',
    retry: false,
    hint: 'Log in with the PIN. After 5 wrong ones nobody can for a while.',
  },
  MAINTENANCE_LOCKED: {
    meaning: 'Too many wrong PINs came one after the other.',
    retry: true,
    hint: 'Wait for the seconds that `retry-after` names; each further wrong PIN doubles them.',
  },
  MAINTENANCE_UNUSABLE: {
    meaning: 'The file of the PIN, or that of the wrong tries, could not be used.',
    retry: true,
    hint: 'Make the file with `ushelter pin --write FILE`, readable for the user who runs ushelter, and check free space.',
  },
  KIOSK_SILENT: {
    meaning: 'The kiosk has not been heard for longer than kiosk.silentAfter.',
    retry: true,
    hint: 'Look at the screen, and at `journalctl -u ushelter-kiosk`; without a kiosk take kiosk.silentAfter out of the site file.',
  },
  KIOSK_UNKNOWN: {
    meaning: 'Somebody spoke as the kiosk without its token.',
    retry: true,
    hint: 'Run the kiosk as the user who runs ushelter, with the same site file: the token stands in kiosk.json beside the database.',
  },
  KIOSK_UNREACHABLE: {
    meaning: 'The file through which the kiosk finds this program could not be written.',
    retry: true,
    hint: 'Check free space and permissions of the folder of the database.',
  },
  SPEECH_UNAVAILABLE: {
    meaning: 'There is no voice on this machine for a language of the site.',
    retry: false,
    hint: 'Run `sudo apt-get install espeak-ng`, and for Japanese `mecab mecab-ipadic-utf8` too; then restart.',
  },
  SPEECH_FAILED: {
    meaning: 'The voice could not speak a text.',
    retry: true,
    hint: 'Try the program that the message names by hand; until it works a browser’s own voice stands in where it has one.',
  },
  SPEECH_ELSEWHERE: {
    meaning: 'The voice was asked for from elsewhere than the device itself.',
    retry: false,
    hint: 'Use the voice of your own device.',
  },
  REQUEST_INVALID: {
    meaning: 'A request is not as it must be.',
    retry: false,
    hint: 'Correct what the message names; /api/docs describes every request.',
  },
  NOT_FOUND: {
    meaning: 'A request named something that this shelter does not have.',
    retry: false,
    hint: 'Compare the name with /api/v1/now and /api/docs.',
  },
} as const satisfies Record<string, ErrorCode>;

interface ErrorCode {
  meaning: string;
  retry: boolean;
  hint: string;
}

export type ShelterErrorCode = keyof typeof errorCodes;

/** An error with a code, whether trying again can help, a hint for the technician, and its cause. */
export class ShelterError extends Error {
  override readonly name: string = 'ShelterError';
  readonly code: ShelterErrorCode;
  readonly hint: string;
  readonly retry: boolean;
  /** How long, in ms, trying again is of no use; undefined where nobody knows. */
  readonly retryAfter: number | undefined;

  /** @param message what happened, where; `hint` overrides the code's own where more is known */
  constructor(
    code: ShelterErrorCode,
    message: string,
    { cause, hint, retryAfter }: { cause?: unknown; hint?: string; retryAfter?: number } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint ?? errorCodes[code].hint;
    this.retry = errorCodes[code].retry;
    this.retryAfter = retryAfter;
  }
}
