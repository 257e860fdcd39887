import { ShelterError, type ShelterErrorCode } from '../../config/errors.js';

interface Explanation {
  code: ShelterErrorCode;
  /** Follows the broker's address in the message. */
  says: string;
  hint?: string;
}

/** What a broker's refusal means, by the return code of its CONNACK. */
const refusals: Record<number, Explanation> = {
  1: { code: 'UPLINK_REFUSED', says: 'does not speak MQTT 3.1.1', hint: 'Use a broker that does.' },
  2: {
    code: 'UPLINK_REFUSED',
    says: 'does not take the client id',
    hint: 'Allow client ids that are `ushelter-` followed by the id of the site.',
  },
  3: {
    code: 'UPLINK_UNREACHABLE',
    says: 'answers, but is not available',
    hint: 'Wait, or ask who runs the broker.',
  },
  4: { code: 'UPLINK_REFUSED', says: 'does not know this user name and password' },
  5: { code: 'UPLINK_REFUSED', says: 'does not let this user in: wrong user name or password, or no right' },
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
  if (!('code' in error)) return failures[error.message] ?? notMqtt(error.message);
  if (typeof error.code === 'number') return refusals[error.code] ?? refused(error.code);
  const code = String(error.code);
  return failures[code] ?? tlsFailure(code) ?? unreachable(`failed: ${error.message || code}`);
}

/** Errors without a code come from MQTT.js reading the other side. */
function notMqtt(message: string): Explanation {
  return unreachable(
    `sent something that is not MQTT 3.1.1: ${message}`,
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
