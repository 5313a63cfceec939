import { targetKey } from '../../../src/core/target';
import type { Questions } from '../../../src/flow/ports';
import type { InMemoryWorld } from '../in-memory-ports';
import { answer, refuse } from './answers';

export function createInMemoryQuestions(world: InMemoryWorld): Questions {
  const all = () => [...world.questions.values()];
  return {
    createQuestion: (question) => {
      const problem = world.whenAsking();
      if (problem) return refuse(problem);
      return answer(() => {
        if (!world.questions.has(question.questionId)) world.questions.set(question.questionId, question);
      });
    },
    fetchQuestion: (id) => answer(() => world.questions.get(id)),
    replaceQuestion: (question) =>
      answer(() => {
        if (world.questions.get(question.questionId)?.version !== question.version - 1) return false;
        world.questions.set(question.questionId, question);
        return true;
      }),
    fetchQuestionsOf: (target) => answer(() => all().filter((each) => targetKey(each.target) === targetKey(target))),
    fetchOpenQuestions: () => answer(() => all().filter(({ state }) => state.kind === 'open')),
  };
}
