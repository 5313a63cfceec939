import type { EditTemplate } from '../assembly';
import { isNeeded, keyOf } from '../deployed/needed-grants';
import { playsForHours } from '../plays-for-hours';
import { type Grant, without } from './granted-actions';

/** A story that takes everything that some roles may do. */
export interface Story<Ending> {
  readonly grants: readonly Grant[];
  /** Deploys with what is left of the templates, and plays it. */
  play(edit?: EditTemplate): Promise<Ending>;
  /** How it ends with all that the templates grant. */
  readonly asGranted: Ending;
  /** What no ending may show, whatever is missing. */
  checkEnding?(ending: Ending): void;
}

/**
 * Plays a story as granted, and has one test for every grant: a call of the story was allowed by it alone, so that IAM
 * would have refused it without. Where PORTCULLIS_LONG is 1 the grant is also taken away and the story played again: it
 * then ends differently for people too.
 */
export function testGrants<Ending>(title: string, story: Story<Ending>): void {
  const { grants, asGranted } = story;

  test(title, async () => {
    const ending = await story.play();
    expect(ending).toEqual(asGranted);
    expect(new Set(grants.map(keyOf)).size).toBe(grants.length);
  });

  test.each(grants)('$role cannot do without $action ($sid)', async (grant) => {
    expect({ grant, isNeeded: isNeeded(grant) }).toEqual({ grant, isNeeded: true });
    if (!playsForHours) return;
    const ending = await story.play(without(grant));
    story.checkEnding?.(ending);
    expect(ending).not.toEqual(asGranted);
  });
}
