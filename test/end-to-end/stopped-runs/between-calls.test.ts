import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { deploy, type Deployed } from '../deployed-portcullis';
import { withNothingAutomatic, withPolicy } from '../edited-settings';
import { toEntry, toRule } from '../to-core';
import { violationsOf, type State } from './reachability';
import { stopRuns, type StoppedRuns } from './stop-runs';
import { POLICY, STORIES } from './stories';

/**
 * Promises 2 and 4 between any two calls: a run is stopped after each of its calls of EC2 that change something, and
 * what is there then is held against the oracle, which shares no code with the planner.
 */

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    edit(template, file, assets) {
      withNothingAutomatic(template, file);
      withPolicy(POLICY)(template, file, assets);
    },
  });
});
afterAll(() => portcullis.stop());

describe.each(STORIES)('$name', (story) => {
  describe.each(['close', 'undo'] as const)('%s', (action) => {
    let played: StoppedRuns;
    beforeAll(async () => {
      played = await stopRuns(portcullis, story, action);
    }, 300_000);

    test('takes the calls that it was stopped after', () => {
      expect(played.calls).toEqual(story.calls[action]);
    });

    test('between any two calls nothing is open that was not before, and nothing is blocked that is open at both ends', () => {
      for (const { callsMade, targetId, first, stopped } of played.runs) {
        const last = inPlaceOf(targetId, played.last);
        const may = action === 'close' ? first : last;
        expect({ callsMade, ...violationsOf(stopped, { first, last, may }) }).toEqual(none(callsMade));
      }
    });

    test('every stop is another state, and the finding says why it stopped there', () => {
      const states = played.runs.map(({ stopped }) => textsOf(stopped).join('\n'));
      expect(new Set([...states, textsOf(played.last).join('\n')]).size).toBe(story.calls[action].length + 1);
      for (const { workflow, note } of played.runs) {
        if (action === 'close') expect(workflow).toBe('NOTIFIED');
        expect(note).toContain('UnauthorizedOperation');
      }
    });

    test('when nothing is in its way any more, it ends where a run without a stop ends', () => {
      for (const { callsMade, targetId, last } of played.runs) {
        const end = inPlaceOf(targetId, played.last);
        expect({ callsMade, ...violationsOf(last, { first: end, last: end, may: end }) }).toEqual(none(callsMade));
        // A network ACL that is planned again may get other numbers, but no entry twice.
        expect(sayingsOf(last)).toEqual(sayingsOf(played.last));
      }
    });
  });
});

function none(callsMade: number): object {
  return { callsMade, opened: [], blocked: [] };
}

/** A group that names itself has another source in each place: the same state of another group. */
function inPlaceOf(groupId: string, state: State): State {
  const rules = state.rules.map((rule) =>
    isSelf(rule) ? { ...rule, ReferencedGroupInfo: { GroupId: groupId } } : rule,
  );
  return { ...state, rules };
}

/** Without ids, which are others in each place, and without the tag that names the remediation. */
function textsOf({ rules, entries }: State): readonly string[] {
  return [
    ...rules.map((rule) => {
      const { Tags = [], ReferencedGroupInfo: _, ...rest } = toRule(rule);
      const ours = Tags.map(({ Key }) => Key).join();
      return JSON.stringify({ ...rest, ours, isSelf: isSelf(rule) });
    }),
    ...entries.map((entry) => JSON.stringify(toEntry(entry))),
  ].sort();
}

/** The same, without the numbers of entries. */
function sayingsOf({ rules, entries }: State): readonly string[] {
  const sayings = entries.map((entry) => {
    const { RuleNumber: _, ...saying } = toEntry(entry);
    return JSON.stringify(saying);
  });
  return [...textsOf({ rules, entries: [] }), ...sayings.sort()];
}

function isSelf({ GroupId, ReferencedGroupInfo }: SecurityGroupRule): boolean {
  return GroupId !== undefined && ReferencedGroupInfo?.GroupId === GroupId;
}
