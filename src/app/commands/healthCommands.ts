import type { DoctorReport } from '../../shared/doctorContract';
import { isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { DoctorPanels } from '../panels/doctorPanels';
import { chooseConnection, findConnection } from './connectionPick';
import type { CommandServices } from './services';

/** Testing connections. */
export function registerHealthCommands(
  runner: CommandRunner,
  services: CommandServices,
  panels: DoctorPanels,
): void {
  runner.register('testConnection', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Test which connection?');
    if (isArgumentObject(argument)) {
      const { rows, permissions, consentUrl } = await runConnectionTest(
        services,
        connection.connectionId,
        new AbortController().signal,
      );
      return { rows, permissions, consentUrl };
    }
    panels.open(connection);
    return {};
  });
}

/**
 * Tests a connection as it is stored now. A person's sign-in that no longer works is marked so, and the tree then
 * says "sign-in needed".
 */
export async function runConnectionTest(
  services: Pick<CommandServices, 'store' | 'cloudServices'>,
  connectionId: string,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const connection = await findConnection(services.store, connectionId);
  const cloud = await services.cloudServices();
  const report = await cloud.testConnection(connection, signal);
  const needed = report.rows.length > 0 && report.rows.every((row) => row.verdict === 'signInNeeded');
  if (needed && connection.signedInAt !== null) {
    const current = await findConnection(services.store, connectionId);
    // Somebody may have signed in while the test ran.
    if (current.signedInAt === connection.signedInAt) {
      await services.store.saveConnection({ ...current, signedInAt: null });
    }
  }
  return report;
}
