import { readSubscriptions } from '../graph/subscriptions';
import type { DatasetReport, ImportRun } from './importRun';

const task = 'licenseInformation';

/** License Information: the products of the tenant with their units, and the subscriptions behind them. */
export function runLicenseInformation(run: ImportRun): Promise<readonly DatasetReport[]> {
  return Promise.all([run.readProducts(task), run.read(task, 'subscriptions', readSubscriptions)]);
}
