import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';
import { messageOf } from '../problem.js';

interface Explanation {
  code: ShelterErrorCode;
  /** Follows the broker's address in the message. */
  says: string;
  hint?: string;
}

/** What a broker means that refuses or ends a connection, by its code: of MQTT 3.1.1 below 128, of MQTT 5 above. */
const refusals: Record<number, Explanation> = {
  1: noCommonVersion(),
  2: badClientId(),
  3: unavailable(),
  4: { code: 'UPLINK_REFUSED', says: 'does not know this user name and password' },
  5: { code: 'UPLINK_REFUSED', says: 'does not let this user in: wrong user name or password, or no right' },
  132: noCommonVersion(),
  133: badClientId(),
  134: { code: 'UPLINK_REFUSED', says: 'does not know this user name and password' },
  135: {
    code: 'UPLINK_REFUSED',
    says: 'does not let this user in: wrong user name or password, or no right',
  },
  136: unavailable(),
  137: { code: 'UPLINK_BUSY', says: 'is too busy for another connection' },
  138: { code: 'UPLINK_REFUSED', says: 'has banned this device', hint: 'Ask who runs the broker.' },
  139: { code: 'UPLINK_UNREACHABLE', says: 'is shutting down' },
  140: { code: 'UPLINK_REFUSED', says: 'wants another way to log in than a user name and password' },
  141: { code: 'UPLINK_UNREACHABLE', says: 'heard nothing for too long and closed the connection' },
  142: {
    code: 'UPLINK_UNREACHABLE',
    says: 'took a connection with the same client id instead of this one',
    hint: 'Look for another device, or another process, with the same `id` in its site file.',
  },
  147: { code: 'UPLINK_UNREACHABLE', says: 'closed the connection: too many messages at a time' },
  149: {
    code: 'UPLINK_TOO_LARGE',
    says: 'closed the connection: a packet was too large for it',
    hint: 'Messages are made smaller by themselves; raise the broker’s limit, or lower uplink.batch.',
  },
  151: { code: 'UPLINK_BUSY', says: 'says that a quota is used up', hint: 'Ask who runs the broker.' },
  152: { code: 'UPLINK_REFUSED', says: 'was told to close the connection', hint: 'Ask who runs the broker.' },
  154: {
    code: 'UPLINK_REFUSED',
    says: 'does not keep messages, so nobody could learn later whether the device is there',
    hint: 'Allow retained messages in the broker.',
  },
  155: {
    code: 'UPLINK_REFUSED',
    says: 'does not acknowledge messages (QoS 1)',
    hint: 'Allow QoS 1 in the broker.',
  },
  156: { code: 'UPLINK_REFUSED', says: 'sends this device to another broker', hint: 'Correct uplink.url.' },
  157: { code: 'UPLINK_REFUSED', says: 'has moved', hint: 'Correct uplink.url.' },
  159: { code: 'UPLINK_BUSY', says: 'takes no more connections at present' },
  160: { code: 'UPLINK_UNREACHABLE', says: 'closed a connection that had lasted as long as it allows' },
};

function noCommonVersion(): Explanation {
  return {
    code: 'UPLINK_REFUSED',
    says: 'speaks neither MQTT 5 nor 3.1.1',
    hint: 'Use a broker that speaks one of them.',
  };
}

function badClientId(): Explanation {
  return {
    code: 'UPLINK_REFUSED',
    says: 'does not take the client id',
    hint: 'Allow client ids that are `ushelter-` followed by the id of the site.',
  };
}

function unavailable(): Explanation {
  return {
    code: 'UPLINK_UNREACHABLE',
    says: 'answers, but is not available',
    hint: 'Wait, or ask who runs the broker.',
  };
}

/** What the code of a refused message or subscription (MQTT 5) asks for, where it is not about what the message says. */
const objections: Record<number, { code: ShelterErrorCode; says: string }> = {
  135: { code: 'UPLINK_FORBIDDEN', says: 'does not allow this device to use' },
  143: { code: 'UPLINK_FORBIDDEN', says: 'does not know topics like' },
  144: { code: 'UPLINK_FORBIDDEN', says: 'does not know topics like' },
  145: { code: 'UPLINK_BUSY', says: 'has mixed up the messages under way to' },
  149: { code: 'UPLINK_TOO_LARGE', says: 'does not take a message so large to' },
  151: { code: 'UPLINK_BUSY', says: 'has used up a quota and takes nothing to' },
};

const untrusted = (says: string, hint?: string): Explanation => ({
  code: 'UPLINK_UNTRUSTED',
  says,
  ...(hint && { hint }),
});

const wrongAuthority = untrusted(
  'has a certificate of an authority that is not trusted here',
  'Give the PEM file of the authority that signed the broker’s certificate as uplink.caFile.',
);

const unreachable = (says: string, hint?: string): Explanation => ({
  code: 'UPLINK_UNREACHABLE',
  says,
  ...(hint && { hint }),
});

const noRoute = unreachable('cannot be reached: there is no route to it', 'Check the network: `ip route`.');
const unknownHost = unreachable(
  'cannot be found: its name is not known',
  'Check the host in uplink.url and the name server: `getent hosts HOST`.',
);
const cut = unreachable('closed the connection');

/** What the errors of sockets, name look-up and TLS mean, by their code; those of MQTT.js only have a message. */
const failures: Record<string, Explanation> = {
  ECONNREFUSED: unreachable(
    'cannot be reached: nothing listens there',
    'Check the port in uplink.url, and that the broker runs.',
  ),
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ETIMEDOUT: unreachable('does not answer'),
  'connack timeout': unreachable(
    'does not answer',
    'Check that host and port in uplink.url are those of an MQTT broker, and the network.',
  ),
  'Keepalive timeout': unreachable('does not answer any more'),
  ECONNRESET: cut,
  EPIPE: cut,
  CERT_HAS_EXPIRED: untrusted(
    'has a certificate that has expired',
    'Renew the broker’s certificate; first check the device’s clock with `timedatectl`.',
  ),
  CERT_NOT_YET_VALID: untrusted(
    'has a certificate that is not valid yet',
    'Check the device’s clock with `timedatectl`.',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted(
    'has a certificate for another name',
    'Write the host in uplink.url as it stands in the broker’s certificate.',
  ),
  SELF_SIGNED_CERT_IN_CHAIN: wrongAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: wrongAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: wrongAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: wrongAuthority,
  CERT_SIGNATURE_FAILURE: wrongAuthority,
};

const unreadableRefusal: Explanation = {
  code: 'UPLINK_TOO_LARGE',
  says: 'refused a message, most likely as too large (message_size_limit of Mosquitto), and the connection ended',
};

const noTls: Explanation = {
  code: 'UPLINK_REFUSED',
  says: 'does not speak TLS',
  hint: 'Check the port in uplink.url: 8883 is usual for mqtts, 1883 for mqtt.',
};

const badClientCertificate: Explanation = {
  code: 'UPLINK_REFUSED',
  says: 'does not take this device’s certificate',
  hint: 'Check uplink.certificateFile and uplink.keyFile, and which authority the broker trusts.',
};

/** Puts what went wrong on the way to a broker into words for a technician. */
export function explainBrokerError(error: unknown, url: string): ShelterError {
  if (error instanceof ShelterError) return error;
  const { code, says, hint } = explanationOf(error);
  return new ShelterError(code, `${url} ${says}.`, { cause: error, ...(hint && { hint }) });
}

function explanationOf(error: unknown): Explanation {
  if (!(error instanceof Error)) return unreachable(`failed: ${error}`);
  if (isUnreadableRefusal(error)) return unreadableRefusal;
  if (!('code' in error)) return failures[error.message] ?? notMqtt(error.message);
  if (typeof error.code === 'number') return refusals[error.code] ?? refused(error.code);
  const code = String(error.code);
  return failures[code] ?? tlsFailure(code) ?? unreachable(`failed: ${error.message || code}`);
}

/** Puts into words why a broker did not take a message to a topic, or a subscription. */
export function explainRefusal(error: unknown, topic: string, url: string): ShelterError {
  const reason = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN;
  const objection = objections[reason];
  if (objection)
    return new ShelterError(objection.code, `${url} ${objection.says} ${topic}.`, { cause: error });
  const why = messageOf(error);
  return new ShelterError('UPLINK_REJECTED', `${url} did not take a message to ${topic}: ${why}.`, {
    cause: error,
  });
}

/**
 * Mosquitto refuses a message that exceeds its `message_size_limit` with a reason that MQTT 5 does not have for it, so
 * that MQTT.js cannot read the refusal and ends the connection.
 */
export function isUnreadableRefusal(error: Error): boolean {
  return error.message === 'Invalid puback reason code';
}

export function refusedUnreadably(topic: string, url: string): ShelterError {
  return new ShelterError(
    'UPLINK_TOO_LARGE',
    `${url} refused a message to ${topic} with a reason that MQTT 5 does not have, as Mosquitto does above message_size_limit.`,
  );
}

/** @param most bytes of a packet, as the broker has announced it */
export function tooLarge(topic: string, url: string, most: number): ShelterError {
  return new ShelterError(
    'UPLINK_TOO_LARGE',
    `A message to ${topic} is larger than the ${most} bytes that ${url} takes.`,
  );
}

/** Errors without a code come from MQTT.js reading the other side. */
function notMqtt(message: string): Explanation {
  return unreachable(
    `sent something that is not MQTT: ${message}`,
    'Check that host and port in uplink.url are those of an MQTT broker.',
  );
}

function refused(code: number): Explanation {
  return { code: 'UPLINK_REFUSED', says: `refused the connection with code ${code}` };
}

function tlsFailure(code: string): Explanation | undefined {
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') return noTls;
  if (/^ERR_SSL_.*ALERT/.test(code)) return badClientCertificate;
  return undefined;
}
