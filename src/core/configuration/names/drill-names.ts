/** The names of what drills use, from the deployment's prefix. */
export interface DrillNames {
  /**
   * In the accounts of `drill.accounts` alone: taken on by who drills, and by Systems Manager for the drill's own runs.
   */
  readonly role: string;
  /** Begins the names of what a drill makes, and the ids of its findings. */
  readonly made: string;
  /** In one of these accounts. */
  readonly stack: (account: string) => string;
  /** What drills by itself on a schedule, in the hub account, and its role. */
  readonly function: string;
  /** What Scheduler starts it with. */
  readonly starterRole: string;
  readonly schedule: (account: string, region: string) => string;
}

/** On everything that a drill makes, from its first moment on; its value is the drill's id. The role is bound to it. */
export const DRILL_TAG = 'portcullis:drill';

/** How every drill's id begins. */
export const DRILL_ID_START = 'drill-';

/** @param prefix as the configuration schema accepts it: 2 to 12 letters and digits, a letter first. */
export function toDrillNames(prefix: string): DrillNames {
  return {
    role: `${prefix}-Drill`,
    made: `${prefix}-drill`,
    stack: (account) => `${prefix}-Drill-${account}`,
    function: `${prefix}-Driller`,
    starterRole: `${prefix}-DrillStarter`,
    schedule: (account, region) => `drill-${account}-${region}`,
  };
}
