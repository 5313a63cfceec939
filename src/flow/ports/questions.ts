import type { Question } from '../../core/questions/question';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** Questions in the ledger. Reads are consistent. */
export interface Questions {
  /** Writes it once: what is written under its id before stays as it is. */
  createQuestion(question: Question): PortResult<void>;
  /** A question; undefined where there is none of that id. */
  fetchQuestion(questionId: string): PortResult<Question | undefined>;
  /**
   * Writes a question as it is after something happened to it; false when something else has happened to it since it
   * was read, so that `question` is not what it would be.
   */
  replaceQuestion(question: Question): PortResult<boolean>;
  /** Those of a target, open and over. */
  fetchQuestionsOf(target: Target): PortResult<readonly Question[]>;
  /** Those that nobody has answered, of all targets. */
  fetchOpenQuestions(): PortResult<readonly Question[]>;
}
