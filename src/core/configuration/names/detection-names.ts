/** The names of what finds openings by CloudTrail, all from the deployment's prefix. */
export interface DetectionNames {
  /** In the hub account, beside the hub's own stack. */
  readonly stack: string;
  /** In the hub: what changes of members arrive on. */
  readonly bus: string;
  readonly rule: string;
  readonly changes: string;
  readonly deadLetters: string;
  readonly function: string;
  readonly functionRole: string;
  /** In every member account: taken on by the function. */
  readonly memberRole: string;
  /** In every member account: taken on by EventBridge to put events onto the hub's bus. */
  readonly forwarderRole: string;
  readonly forwarderRule: string;
  readonly forwarderDeadLetters: string;
}

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toDetectionNames(prefix: string): DetectionNames {
  return {
    stack: `${prefix}-Detection`,
    bus: `${prefix.toLowerCase()}-changes`,
    rule: `${prefix}-Changes`,
    changes: `${prefix}-Changes`,
    deadLetters: `${prefix}-ChangesDeadLetters`,
    function: `${prefix}-Detector`,
    functionRole: `${prefix}-Detector`,
    memberRole: `${prefix}-Detection`,
    forwarderRole: `${prefix}-Forwarder`,
    forwarderRule: `${prefix}-Forwarder`,
    forwarderDeadLetters: `${prefix}-ForwarderDeadLetters`,
  };
}
