/** Something for the broker, always at QoS 1. */
export interface Message {
  topic: string;
  payload: Uint8Array;
  /** Whether the broker keeps it for those who subscribe later. */
  retain: boolean;
  /** A media type. MQTT 3.1.1 has no place for it. */
  contentType?: string;
  /** After so many seconds it need not be delivered any more. MQTT 3.1.1 delivers it all the same. */
  expiry?: number;
  /** Tells which request this answers. MQTT 3.1.1 has no place for it. */
  correlation?: Uint8Array;
}

/** Something from the broker; hostile until parsed. What MQTT 3.1.1 has no place for is absent there. */
export interface Received {
  topic: string;
  payload: Uint8Array;
  /** True for what the broker has kept from earlier. */
  retained: boolean;
  contentType?: string;
  /** Where the sender wants an answer, and what the answer has to carry. */
  responseTopic?: string;
  correlation?: Uint8Array;
}
