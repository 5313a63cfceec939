import { isQuestionId } from '../questions/question';
import { failure, success, type Result } from '../result';
import * as z from '../zod-mini';
import type { MessagePlace } from './interaction';

/** Which answers a form is for; `comment` has whoever fills it in choose between closing and denying. */
export const FORM_KINDS = ['leave', 'accept', 'comment'] as const;

export type FormKind = (typeof FORM_KINDS)[number];

/** What a form carries from the click that opened it to its submission: at most 3,000 characters as JSON. */
export interface FormMetadata {
  readonly questionId: string;
  readonly kind: FormKind;
  /** The message of the question. */
  readonly place?: MessagePlace;
}

const schema = () =>
  z.object({
    questionId: z.string().check(z.refine(isQuestionId)),
    kind: z.enum(FORM_KINDS),
    place: z.exactOptional(z.object({ channel: z.string(), ts: z.string() })),
  });

/** @param text `private_metadata` as it came back */
export function parseFormMetadata(text: string): Result<FormMetadata, string> {
  try {
    const parsed = schema().safeParse(JSON.parse(text));
    if (parsed.success) return success(parsed.data);
  } catch {
    // Not JSON: said below.
  }
  return failure('the form carries no question');
}
