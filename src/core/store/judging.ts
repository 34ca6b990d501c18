import { TenantJudge, type JudgedRows, type JudgeTask } from './tenantJudge';
import type { PeopleTotals } from './peopleTally';

/** The people of one tenant being judged. */
export interface Judging {
  /**
   * Gives some people, as a JSON array of rows of evidence, in the order of the users' keys.
   * @returns what has been judged by now, in the order given
   */
  give(rows: string): readonly JudgedRows[];
  /** Waits for the last. To be called once, after all were given. */
  finish(): { readonly judged: readonly JudgedRows[]; readonly totals: PeopleTotals };
}

/** Where people are judged. */
export interface JudgePlace {
  /** What takes time to get ready does so, ahead of its use. @param people how many there will be, about */
  prepare(people: number): void;
  /** @param people how many will be given, about */
  begin(task: JudgeTask, people: number): Judging;
  /** Gives back what judging needed. To be called when none is under way. */
  end(): void;
}

/** Judges on the thread that asks. */
export const judgeHere: JudgePlace = {
  prepare: () => undefined,
  begin(task) {
    const judge = new TenantJudge(task);
    return {
      give: (rows) => [judge.judge(rows)],
      finish: () => ({ judged: [], totals: judge.finish() }),
    };
  },
  end: () => undefined,
};
