import type { CurrentUsers } from './currentUsers';
import type { StoreFile } from './storeFile';

/** What the roster shows at first, less what it is ordered by then. */
const likelyColumns = ['displayName', 'licenses', 'lastActivityDate', 'verdict', 'department', 'country'];

/** Milliseconds: the rows that were just asked for are on their way by then. */
const pause = 60;

/**
 * Prepares what is likely to be asked next of a roster that was opened: its search, and its order by the columns on
 * screen. Step by step while nothing else is to be done, so that a question never waits for more than one step.
 */
export class UserPreparation {
  private version = '';
  private timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(
    private readonly file: StoreFile,
    private readonly users: CurrentUsers,
  ) {}

  /** A roster was opened. */
  begin(): void {
    if (this.version === this.file.version) return;
    this.end();
    this.version = this.file.version;
    this.timer = setTimeout(() => this.continue(this.steps()), pause);
  }

  end(): void {
    clearTimeout(this.timer as NodeJS.Timeout);
    clearImmediate(this.timer as NodeJS.Immediate);
  }

  private continue(steps: Generator<void, void>): void {
    // What is of data that have changed since is of no use to anybody.
    this.file.current();
    if (this.version !== this.file.version || steps.next().done === true) return;
    this.timer = setImmediate(() => this.continue(steps));
  }

  private *steps(): Generator<void, void> {
    const users = this.users.get();
    yield* users.prepare(likelyColumns);
    yield* users.prepareSearch();
  }
}
