import { DeleteScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { success } from '../../core/result';
import type { Schedules } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** Apart from making schedules: who takes them back needs no right to make any. */
export function createScheduleCancelling(client: SchedulerClient, group: string): Pick<Schedules, 'cancelSchedule'> {
  return {
    async cancelSchedule(name) {
      const deleted = await attempt(`The schedule ${name} could not be deleted`, async () => {
        await client.send(new DeleteScheduleCommand({ Name: name, GroupName: group }));
      });
      return deleted.ok || deleted.error.code === 'not-found' ? success(undefined) : deleted;
    },
  };
}
