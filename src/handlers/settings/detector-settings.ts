import { CONTROL_IDS } from '../../core/controls/control-id';
import { toHeldControls } from '../../core/detection/controls-to-hold';
import * as z from '../../core/zod-mini';
import type { DetectorResources } from '../../aws/adapters/detector-adapters';
import type { DetectSettings } from '../../flow/detecting/detect-ports';
import { parseSettings, text, type Environment } from './parse-settings';
import { baseline, dashboard, list, number, securityHub } from './setting-schemas';

export type DetectorSettings = DetectorResources & DetectSettings;

const schema = z.object({
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_DEAD_LETTER_QUEUE_URL: z.url(),
  PORTCULLIS_MEMBER_ROLE: text,
  PORTCULLIS_MEMBER_VERSION: text,
  PORTCULLIS_RUNBOOK_ROLE: text,
  /** Comma-separated. */
  PORTCULLIS_CONTROLS: z.pipe(list, z.array(z.enum(CONTROL_IDS))),
  PORTCULLIS_BASELINE: baseline,
  PORTCULLIS_REGIONS: list,
  PORTCULLIS_BUS_NAME: text,
  PORTCULLIS_DASHBOARD: dashboard,
  /** Missing where nothing that was closed is re-checked. */
  PORTCULLIS_WATCHES: z.exactOptional(z.literal('true')),
  PORTCULLIS_SECURITY_HUB: securityHub,
  PORTCULLIS_REOPENED_CLOSINGS: number,
  PORTCULLIS_REOPENED_HOURS: number,
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseDetectorSettings(environment: Environment): DetectorSettings {
  const data = parseSettings(schema, environment);
  return {
    prefix: data.PORTCULLIS_PREFIX,
    deadLetterQueueUrl: data.PORTCULLIS_DEAD_LETTER_QUEUE_URL,
    memberRole: data.PORTCULLIS_MEMBER_ROLE,
    memberVersion: data.PORTCULLIS_MEMBER_VERSION,
    runbookRole: data.PORTCULLIS_RUNBOOK_ROLE,
    controls: toHeldControls({ controls: data.PORTCULLIS_CONTROLS, baseline: data.PORTCULLIS_BASELINE }),
    regions: data.PORTCULLIS_REGIONS,
    busName: data.PORTCULLIS_BUS_NAME,
    hasDashboard: data.PORTCULLIS_DASHBOARD !== undefined,
    isWatching: data.PORTCULLIS_WATCHES !== undefined,
    securityHub: data.PORTCULLIS_SECURITY_HUB,
    reopened: { closings: data.PORTCULLIS_REOPENED_CLOSINGS, hours: data.PORTCULLIS_REOPENED_HOURS },
  };
}
