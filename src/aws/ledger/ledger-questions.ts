import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { parseQuestion } from '../../core/questions/parse-question';
import type { Question } from '../../core/questions/question';
import { failure, success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { PortResult, Questions } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { inChunks } from '../in-chunks';
import { QUESTION_PREFIX, questionKey, QUESTIONS, targetPartition } from './ledger-keys';
import { queryPartition } from './query-partition';

/** An open question is shown for some days longer than it can be answered, should its end be late. */
const SHOWN_LONGER_SECONDS = 30 * 24 * 3600;

/** Of hundreds that wait, one after the other would take longer than who asks has time. */
const READ_AT_ONCE = 20;

/**
 * One item a question, and two that point to it: one beside its target, one among all that are asked. What points is
 * written first, so that no question is there that nobody finds. A change is written on the condition of the version
 * that it follows.
 */
export function createLedgerQuestions(client: DynamoDBClient, table: string): Questions {
  async function put(what: string, item: Record<string, unknown>, condition?: string, seen?: number) {
    return attempt(what, async () => {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall(item, { removeUndefinedValues: true }),
          ...(condition === undefined ? {} : { ConditionExpression: condition }),
          ...(seen === undefined
            ? {}
            : {
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: marshall({ ':seen': seen }),
              }),
        }),
      );
    });
  }

  async function fetchQuestion(questionId: string): PortResult<Question | undefined> {
    const read = await attempt(`The question ${questionId} could not be read from the ledger`, () =>
      client.send(
        new GetItemCommand({ TableName: table, Key: marshall(questionKey(questionId)), ConsistentRead: true }),
      ),
    );
    if (!read.ok) return read;
    if (read.value.Item === undefined) return success(undefined);
    const question = parseQuestion(unmarshall(read.value.Item));
    if (question.ok) return question;
    const cause = `The question ${questionId} in the ledger is not what was written: ${question.error}`;
    return failure({ code: 'invalid', retryable: false, cause });
  }

  async function fetchPointedTo(what: string, pk: string): PortResult<readonly Question[]> {
    const items = await queryPartition(client, { table, pk, prefix: QUESTION_PREFIX, what });
    if (!items.ok) return items;
    const ids = items.value.map(({ sk }) => (sk?.S ?? '').slice(QUESTION_PREFIX.length));
    const questions: Question[] = [];
    for (const some of inChunks(ids, READ_AT_ONCE)) {
      for (const question of await Promise.all(some.map(fetchQuestion))) {
        if (!question.ok) return question;
        if (question.value) questions.push(question.value);
      }
    }
    return success(questions);
  }

  return {
    async createQuestion(question) {
      const { questionId, target, until } = question;
      const what = `The question ${questionId} could not be written to the ledger`;
      const sk = `${QUESTION_PREFIX}${questionId}`;
      const expiresAt = Math.floor(Date.parse(until) / 1000) + SHOWN_LONGER_SECONDS;
      for (const item of [
        { pk: targetPartition(target), sk },
        { pk: QUESTIONS, sk, expiresAt },
      ]) {
        const pointed = await put(what, item);
        if (!pointed.ok) return pointed;
      }
      const written = await put(what, { ...questionKey(questionId), ...question }, 'attribute_not_exists(pk)');
      return written.ok || written.error.code === 'conflict' ? success(undefined) : written;
    },

    fetchQuestion,

    async replaceQuestion(question) {
      const { questionId, version } = question;
      const what = `The question ${questionId} could not be written to the ledger`;
      const item = { ...questionKey(questionId), ...question };
      const written = await put(what, item, '#version = :seen', version - 1);
      if (written.ok) return success(true);
      return written.error.code === 'conflict' ? success(false) : written;
    },

    fetchQuestionsOf: (target) =>
      fetchPointedTo(
        `The questions about ${targetKey(target)} could not be read from the ledger`,
        targetPartition(target),
      ),

    async fetchOpenQuestions() {
      const all = await fetchPointedTo('The open questions could not be read from the ledger', QUESTIONS);
      return all.ok ? success(all.value.filter(({ state }) => state.kind === 'open')) : all;
    },
  };
}
