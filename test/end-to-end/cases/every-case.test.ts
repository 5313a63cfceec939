import { deploy } from '../deployed-portcullis';
import { caseWorlds, isPlain, REFUSED_BY_EC2, ROWS } from './played-cases';
import { stageCase } from './stage-case';
import { testCases } from './test-cases';

/**
 * The planner's table once more, this time through events, functions, roles and runbooks: the rows under the policy
 * that Portcullis comes with. every-policy.test.ts plays the others.
 */
testCases(caseWorlds().filter(isPlain));

describe('what is not played', () => {
  const refused = ROWS.filter(({ name }) => name in REFUSED_BY_EC2);

  test('is a handful of rows, and all others are', () => {
    const played = caseWorlds().flatMap(({ rows }) => rows);
    expect(refused.map(({ name }) => name).sort()).toEqual(Object.keys(REFUSED_BY_EC2).sort());
    expect(new Set([...played, ...refused]).size).toBe(ROWS.length);
    expect(played.length).toBeGreaterThanOrEqual(170);
  });

  test('cannot be made: EC2 refuses it', async () => {
    const portcullis = await deploy({ clockMode: 'skipping' });
    try {
      for (const row of refused) {
        await expect(stageCase(portcullis, row)).rejects.toThrow(REFUSED_BY_EC2[row.name]);
      }
    } finally {
      await portcullis.stop();
    }
  });
});
