import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countStories } from '../../../bench/price';
import { priceOf } from '../../../bench/price/price-of';

// What docs/performance.md says that each remediation uses is what the sandbox counts now; docs/cost.md is held to it
// by test/docs/cost.test.ts. Processor time alone differs from one machine to the next.

const PERFORMANCE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'performance.md'), 'utf8');

function documented(name: string): readonly string[] {
  const line = PERFORMANCE.split('\n').find((each) => each.startsWith(`| ${name} `)) ?? '';
  return line
    .split('|')
    .map((cell) => cell.trim())
    .slice(2, -1);
}

test('each remediation uses what docs/performance.md says, and costs it to the hundredth of a cent', async () => {
  const stories = await countStories();
  expect(stories).toHaveLength(7);
  for (const { story, counted } of stories) {
    const { automationSteps, calls, durableOperations, dynamoWriteUnits, dynamoReadUnits, lambdaInvocations } = counted;
    const [steps, allCalls, lambda = '', durable, dynamo, price = ''] = documented(story.name);
    const made = [...calls.values()].reduce((sum, count) => sum + count, 0);
    expect({ story: story.name, steps, durable, dynamo, invocations: lambda.split('/')[1] }).toEqual({
      story: story.name,
      steps: String(automationSteps),
      durable: String(durableOperations),
      dynamo: `${String(dynamoWriteUnits)}/${String(dynamoReadUnits)}`,
      invocations: String(lambdaInvocations),
    });
    // How often the queue is read, and a checkpoint is split, is a matter of time.
    expect(Math.abs(made - Number(allCalls))).toBeLessThanOrEqual(5);
    expect(Math.abs(priceOf(counted) - Number(price.slice(1)))).toBeLessThan(0.0001);
  }
});
