import { accountIdSchema } from '../account-id';
import { renderInputProblem } from '../input-problem';
import { failure, success, type Result } from '../result';
import { toInputProblem } from '../schema-words';
import { regionSchema } from '../sweeping/parse-sweep';
import * as z from '../zod-mini';

/** Where a drill on a schedule is played, as the schedule says it. */
export interface DrillRequest {
  readonly account: string;
  readonly region: string;
}

/** What an execution of the driller is started with. The error names the field, its value and what it must be. */
export function parseDrillRequest(input: unknown): Result<DrillRequest, string> {
  const schema = z.strictObject({ account: accountIdSchema(), region: regionSchema() });
  const parsed = schema.safeParse(input);
  return parsed.success ? success(parsed.data) : failure(renderInputProblem(toInputProblem(parsed.error, input)));
}
