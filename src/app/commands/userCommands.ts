import * as v from 'valibot';
import type { Store } from '../../core/store/store';
import { argumentFields, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { UserPanels } from '../panels/userPanels';
import { parseArgument } from './arguments';
import { pickUser } from './userPick';

const userArgument = v.object({
  tenantId: v.pipe(v.string(), v.minLength(1)),
  userId: v.pipe(v.string(), v.minLength(1)),
});

/** `openUser {tenantId, userId}`: the page about one user. Without an argument the person is asked. */
export function registerUserCommands(
  runner: CommandRunner,
  shownStore: Pick<Store, 'openView' | 'viewRows' | 'closeView'>,
  panels: UserPanels,
): void {
  runner.register('openUser', async (argument) => {
    const fields = argumentFields(argument);
    const isAsked = !isArgumentObject(argument) && fields['userId'] === undefined;
    const { tenantId } = fields;
    await panels.open(
      isAsked
        ? await pickUser(shownStore, typeof tenantId === 'string' ? tenantId : undefined)
        : parseArgument(userArgument, fields),
    );
    return {};
  });
}
