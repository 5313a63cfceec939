import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import { REQUEST_PARAMETERS } from '../../../sandbox/cloudtrail/request-parameters';
import { RATE_QUOTAS } from '../../../sandbox/runtime/service-quotas';
import { CALLS } from '../../../src/core/planning/calls';

const PLANNING = join(__dirname, '..', '..', '..', 'src', 'core', 'planning');

const planners = readdirSync(PLANNING, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'calls.ts')
  .map((file) => readFileSync(join(PLANNING, file), 'utf8'));

describe.each(Object.keys(CALLS))('%s', (call) => {
  test('is made by a plan', () => {
    expect(planners.some((source) => source.includes(`'${call}'`))).toBe(true);
  });

  test("is known to the sandbox's EC2, CloudTrail and quotas", () => {
    expect(Object.keys(createEc2().operations)).toContain(call);
    expect(Object.keys(REQUEST_PARAMETERS)).toContain(call);
    expect(Object.keys(RATE_QUOTAS['ec2'] ?? {})).toContain(call);
  });
});
