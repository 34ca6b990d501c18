// Mocha's Spec reporter that also leaves the counts in the file named by TEST_SUMMARY_FILE, for the runner of all suites.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Prints like Spec; a pending test is counted as a failure by the runner, so it is counted here. */
export default class SummaryReporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env['TEST_SUMMARY_FILE'];
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, pending }));
    });
  }
}
