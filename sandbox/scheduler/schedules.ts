import type { CreateScheduleInput } from '@aws-sdk/client-scheduler';

import { AwsError } from '../runtime/aws-error';
import type { Cancel } from '../runtime/clock';
import { Regional } from '../runtime/regional';
import { invokeTarget, type FailedInvocation } from './invoke-target';
import { scheduleArn, scheduleGroupArn, type Place, type Schedule } from './schedule';
import { parseScheduleExpression } from './schedule-expression';

export interface ScheduleGroup {
  readonly arn: string;
  readonly name: string;
  readonly createdMillis: number;
  readonly schedules: Map<string, Schedule>;
}

interface Timed {
  readonly schedule: Schedule;
  readonly cancel: Cancel;
}

const NAME = /^[0-9a-zA-Z-_.]{1,64}$/;

/** The schedules of all accounts and Regions, by group, and what the clock is to do for them. */
export class Schedules {
  /** Invocations that failed and had no dead-letter queue. */
  readonly failed: FailedInvocation[] = [];
  readonly #places = new Regional(() => new Map<string, ScheduleGroup>());
  readonly #timed = new Map<string, Timed>();

  groups(place: Place): Map<string, ScheduleGroup> {
    const groups = this.#places.at(place.account, place.region);
    if (!groups.has('default')) groups.set('default', newGroup(place, 'default'));
    return groups;
  }

  /** @throws AwsError ConflictException, ValidationException */
  createGroup(place: Place, name: string): ScheduleGroup {
    if (!NAME.test(name)) throw invalid(`Name "${name}" must be 1 to 64 of 0-9 a-z A-Z - _ .`);
    const groups = this.groups(place);
    if (groups.has(name)) throw conflict(`Schedule group ${name} already exists.`);
    const group = newGroup(place, name);
    groups.set(name, group);
    return group;
  }

  /** @throws AwsError ResourceNotFoundException */
  group(place: Place, name = 'default'): ScheduleGroup {
    const group = this.groups(place).get(name);
    if (!group) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  /** With all its schedules. @throws AwsError ResourceNotFoundException, ValidationException */
  deleteGroup(place: Place, name: string): void {
    if (name === 'default') throw invalid('The default schedule group cannot be deleted.');
    for (const schedule of this.group(place, name).schedules.values()) this.#unschedule(schedule);
    this.groups(place).delete(name);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(place: Place, name = '', groupName?: string): Schedule {
    const schedule = this.group(place, groupName).schedules.get(name);
    if (!schedule) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  }

  /** @throws AwsError ConflictException, ResourceNotFoundException, ValidationException */
  create(place: Place, input: CreateScheduleInput): Schedule {
    const { Name: name = '' } = input;
    if (!NAME.test(name)) throw invalid(`Name "${name}" must be 1 to 64 of 0-9 a-z A-Z - _ .`);
    if (this.group(place, input.GroupName).schedules.has(name)) throw conflict(`Schedule ${name} already exists.`);
    return this.#put(place, input, place.world.clock.now());
  }

  /** Replaces all of it: what is left out is as in a new one. @throws AwsError */
  update(place: Place, input: CreateScheduleInput): Schedule {
    const old = this.get(place, input.Name, input.GroupName);
    this.#unschedule(old);
    return this.#put(place, input, old.createdMillis);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(place: Place, name: string | undefined, groupName: string | undefined): void {
    const schedule = this.get(place, name, groupName);
    this.#unschedule(schedule);
    this.group(place, groupName).schedules.delete(schedule.name);
  }

  all(): readonly Schedule[] {
    return this.#places
      .all()
      .flatMap(({ state }) => [...state.values()].flatMap(({ schedules }) => [...schedules.values()]));
  }

  #put(place: Place, input: CreateScheduleInput, createdMillis: number): Schedule {
    const { world } = place;
    const group = this.group(place, input.GroupName);
    const expression = parseScheduleExpression(input.ScheduleExpression ?? '', input.ScheduleExpressionTimezone);
    const now = world.clock.now();
    if (expression.kind === 'at' && expression.atMillis < now) {
      throw invalid(`${input.ScheduleExpression ?? ''} lies in the past.`);
    }
    const name = input.Name ?? '';
    const schedule: Schedule = {
      arn: scheduleArn(place, group.name, name),
      name,
      groupName: group.name,
      input,
      createdMillis,
      modifiedMillis: now,
    };
    group.schedules.set(name, schedule);
    if (input.State === 'DISABLED') return schedule;
    this.#time(place, schedule, expression.kind === 'at' ? expression.atMillis : expression.next(now));
    return schedule;
  }

  /** In the background: skipping time does not jump to what is due some day. */
  #time(place: Place, schedule: Schedule, atMillis: number | undefined): void {
    if (atMillis === undefined) return;
    const cancel = place.world.clock.schedule(atMillis, () => this.#run(place, schedule, atMillis), {
      background: true,
    });
    this.#timed.set(schedule.arn, { schedule, cancel });
  }

  async #run(place: Place, schedule: Schedule, atMillis: number): Promise<void> {
    const { input } = schedule;
    const expression = parseScheduleExpression(input.ScheduleExpression ?? '', input.ScheduleExpressionTimezone);
    this.#timed.delete(schedule.arn);
    if (expression.kind === 'again') this.#time(place, schedule, expression.next(atMillis));
    await invokeTarget(place, schedule, atMillis, (failure) => this.failed.push(failure));
    if (expression.kind === 'at' && input.ActionAfterCompletion === 'DELETE') {
      const { schedules } = this.group(place, schedule.groupName);
      if (schedules.get(schedule.name) === schedule) schedules.delete(schedule.name);
    }
  }

  #unschedule({ arn }: Schedule): void {
    this.#timed.get(arn)?.cancel();
    this.#timed.delete(arn);
  }
}

function newGroup(place: Place, name: string): ScheduleGroup {
  const createdMillis = place.world.clock.now();
  return { arn: scheduleGroupArn(place, name), name, createdMillis, schedules: new Map() };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}

function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
