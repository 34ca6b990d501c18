import * as v from 'valibot';
import { argumentFields } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { PseudonymMode } from '../host/pseudonymMode';
import { parseArgument } from './arguments';

const schema = v.object({ on: v.optional(v.boolean()) });

/** Hiding people's names. */
export function registerPrivacyCommands(runner: CommandRunner, names: PseudonymMode): void {
  runner.register('togglePseudonyms', async (argument) => {
    const { on = !names.isOn } = parseArgument(schema, argumentFields(argument));
    await names.set(on);
    return { on };
  });
}
