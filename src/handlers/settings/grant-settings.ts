import type { GrantLimits, GrantSettings } from '../../core/grants/grant';
import * as z from '../../core/zod-mini';

/** `grants` of portcullis.yaml, as the orchestrator goes by them. */
export function grantLimitsSchema(): z.ZodMiniType<GrantLimits> {
  const port = z.int().check(z.minimum(0), z.maximum(65_535));
  return z.strictObject({
    maximumMinutes: z.number().check(z.positive()),
    ports: z.array(z.object({ from: port, to: port })),
    // Nobody is granted the internet, whatever somebody has written into the environment.
    ipv4: z.int().check(z.minimum(1), z.maximum(32)),
    ipv6: z.int().check(z.minimum(1), z.maximum(128)),
  });
}

/** As the commands function does. */
export function grantSettingsSchema(): z.ZodMiniType<GrantSettings> {
  return z.strictObject({
    limits: grantLimitsSchema(),
    approvers: z.exactOptional(z.array(z.string())),
  });
}
