import { SECURITY_HUB_KINDS } from '../../core/security-hub-kind';
import * as z from '../../core/zod-mini';
import { json } from './parse-settings';

/** A text of items with commas in between; an empty one has none. */
export const list = z.pipe(
  z.string(),
  z.transform((value: string) => value.split(',').filter((item) => item !== '')),
);

/** 1 to 9999. */
export const number = z.pipe(z.string().check(z.regex(/^[1-9]\d{0,3}$/)), z.transform(Number));

/** Missing where nothing is counted for a dashboard. */
export const dashboard = z.exactOptional(z.literal('true'));

/** Missing where the functions were deployed before there was a choice. */
export const securityHub = z._default(z.enum(SECURITY_HUB_KINDS), 'cspm');

const port = z.int().check(z.minimum(0), z.maximum(65_535));

export const portRanges = z.array(z.object({ from: port, to: port }));

/** Missing where nothing may not be public beside what the controls say. */
export const baseline = z.exactOptional(z.pipe(json, z.strictObject({ tcp: portRanges, udp: portRanges })));
