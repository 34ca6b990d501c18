import { TenantJudge, type JudgedRows, type JudgeTask } from './tenantJudge';
import type { PeopleTotals } from './peopleTally';

/** The people of one tenant being judged. */
export interface Judging {
  /**
   * Gives some people, as a JSON array of rows of evidence.
   * @returns what has been judged by now, in the order given
   */
  give(rows: string): readonly JudgedRows[];
  /** Waits until all that was given has been judged. */
  drain(): readonly JudgedRows[];
  /** Tells of sets of disabled plans that the file has got, by text, when none is under way: see {@link drain}. */
  addPlanSets(sets: ReadonlyMap<string, number>): void;
  /** Waits for the last. To be called once, after all were given. */
  finish(): { readonly judged: readonly JudgedRows[]; readonly totals: PeopleTotals };
  /** Gives back what judging needed; harmless after {@link finish}. */
  end(): void;
}

/** Where people are judged. */
export interface JudgePlace {
  /** What takes time to get ready does so, ahead of its use. @param people how many there will be, about */
  prepare(people: number): void;
  /** @param people how many will be given, about */
  begin(task: JudgeTask, people: number): Judging;
  /** Gives back what was prepared and is not used. */
  end(): void;
}

/** Judges on the thread that asks. */
export const judgeHere: JudgePlace = {
  prepare: () => undefined,
  begin(task) {
    const judge = new TenantJudge(task);
    return {
      give: (rows) => [judge.judge(rows)],
      drain: () => [],
      addPlanSets: (sets) => judge.addPlanSets(sets),
      finish: () => ({ judged: [], totals: judge.finish() }),
      end: () => undefined,
    };
  },
  end: () => undefined,
};
