import { canonicalCidr, parseCidr } from '../network/cidr';
import { toPortSet, type PortRange, type PortSet } from '../network/port-set';
import { failure, success, type Result } from '../result';
import type { Accepted } from './find-openings';

/**
 * What somebody accepts, as they wrote it. The error names the field, its value and what to write.
 *
 * @param source an address block such as `198.51.100.0/24`
 * @param ports such as `22` or `22,8000-8010`
 */
export function parseAccepted(source: string | undefined, ports: string | undefined): Result<Accepted, string> {
  const block = source === undefined ? undefined : parseCidr(source);
  if (block?.ok === false) return failure(`source: "${source ?? ''}" ${block.error}`);
  const set = ports === undefined ? undefined : parsePorts(ports);
  if (set?.ok === false) return set;
  return success({
    ...(source === undefined ? {} : { source: canonicalCidr(source) }),
    ...(set === undefined ? {} : { ports: set.value }),
  });
}

function parsePorts(text: string): Result<PortSet, string> {
  const ranges: PortRange[] = [];
  for (const part of text.split(',')) {
    const [, from, to = from] = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(part) ?? [];
    const range = { from: Number(from), to: Number(to) };
    if (from === undefined || range.from > range.to || range.to > 65_535) {
      return failure(`ports: "${part.trim()}" is no port; write ports from 0 to 65535 or ranges, such as 22,8000-8010`);
    }
    ranges.push(range);
  }
  return success(toPortSet(ranges));
}
