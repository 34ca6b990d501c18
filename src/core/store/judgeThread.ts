import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
  type TransferListItem,
} from 'node:worker_threads';
import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import { judgeHere, type JudgePlace, type Judging } from './judging';
import { buffersOf } from './packedRows';
import type { PeopleTotals } from './peopleTally';
import { TenantJudge, type JudgedRows, type JudgeTask } from './tenantJudge';

/*
 * SQLite reads and writes on the worker's thread while a second thread judges: each takes about half of the time. The
 * worker waits for answers without returning to its event loop, because it does so within a transaction.
 */

/** Below so many people a thread costs more than it saves. */
const fewPeople = 4000;
/** Chunks on their way: enough that neither thread waits for the other for long. */
const mostUnderWay = 6;
/** A thread that says nothing for so long has died. Milliseconds. */
const usualPatience = 60_000;

type ToJudge =
  | { readonly type: 'begin'; readonly task: JudgeTask }
  | { readonly type: 'people'; readonly rows: string }
  | { readonly type: 'planSets'; readonly sets: ReadonlyMap<string, number> }
  | { readonly type: 'finish' };

type FromJudge =
  | { readonly type: 'judged'; readonly rows: JudgedRows }
  | { readonly type: 'totals'; readonly totals: PeopleTotals }
  | { readonly type: 'failed'; readonly message: string };

const judgeSetup = v.object({
  role: v.literal('judge'),
  port: v.custom<MessagePort>((value) => value instanceof Object && 'postMessage' in value),
  answers: v.instance(Int32Array),
});

/** Answers as the second thread, if that is what this thread was started for. @returns whether it was */
export function serveAsJudge(setup: unknown): boolean {
  const parsed = v.safeParse(judgeSetup, setup);
  if (!parsed.success) return false;
  const { port, answers } = parsed.output;
  let judge: TenantJudge | undefined;
  const post = (message: FromJudge, buffers: readonly TransferListItem[] = []): void => {
    port.postMessage(message, buffers);
    Atomics.add(answers, 0, 1);
    Atomics.notify(answers, 0);
  };
  const answer = (message: ToJudge): void => {
    if (message.type === 'begin') judge = new TenantJudge(message.task);
    else if (judge === undefined) throw new Error('Nothing was begun.');
    else if (message.type === 'finish') post({ type: 'totals', totals: judge.finish() });
    else if (message.type === 'planSets') judge.addPlanSets(message.sets);
    else {
      const rows = judge.judge(message.rows);
      post(
        { type: 'judged', rows },
        [rows.users, rows.judgedBefore, rows.seats].flatMap((packed) => buffersOf(packed)),
      );
    }
  };
  port.on('message', (message: ToJudge) => {
    try {
      answer(message);
    } catch (error) {
      post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
  return true;
}

/** Judges large tenants on a thread of their own. */
export class JudgeThreads implements JudgePlace {
  private waiting: JudgeThread | null = null;

  /** @param program what the thread runs: it must call {@link serveAsJudge} */
  constructor(
    private readonly program: string,
    private readonly few = fewPeople,
    private readonly patience = usualPatience,
  ) {}

  prepare(people: number): void {
    if (people > this.few) this.waiting ??= new JudgeThread(this.program, this.patience);
  }

  begin(task: JudgeTask, people: number): Judging {
    if (people <= this.few) return judgeHere.begin(task, people);
    const thread = this.waiting ?? new JudgeThread(this.program, this.patience);
    this.waiting = null;
    thread.begin(task);
    return thread;
  }

  end(): void {
    this.waiting?.end();
    this.waiting = null;
  }
}

class JudgeThread implements Judging {
  private readonly answers = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly port: MessagePort;
  private readonly worker: Worker;
  private underWay = 0;

  constructor(
    program: string,
    private readonly patience: number,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(program, {
      workerData: { role: 'judge', port: port2, answers: this.answers },
      transferList: [port2],
    });
    // A thread that dies is noticed by its silence, while nobody listens.
    this.worker.on('error', () => undefined);
    this.worker.unref();
  }

  begin(task: JudgeTask): void {
    this.post({ type: 'begin', task });
  }

  give(rows: string): readonly JudgedRows[] {
    this.post({ type: 'people', rows });
    this.underWay += 1;
    return this.judged(mostUnderWay);
  }

  drain(): readonly JudgedRows[] {
    return this.judged(0);
  }

  addPlanSets(sets: ReadonlyMap<string, number>): void {
    this.post({ type: 'planSets', sets });
  }

  finish(): { readonly judged: readonly JudgedRows[]; readonly totals: PeopleTotals } {
    this.post({ type: 'finish' });
    const judged: JudgedRows[] = [];
    for (;;) {
      const answer = this.next(true);
      if (answer?.type === 'totals') {
        // Its memory is given back before what it found is written.
        this.end();
        return { judged, totals: answer.totals };
      }
      if (answer !== null) judged.push(judgedRows(answer));
    }
  }

  end(): void {
    this.port.close();
    void this.worker.terminate();
  }

  /** What has come, and more until no more than so many are under way. */
  private judged(stillUnderWay: number): readonly JudgedRows[] {
    const judged: JudgedRows[] = [];
    for (;;) {
      const next = this.next(this.underWay > stillUnderWay);
      if (next === null) return judged;
      judged.push(judgedRows(next));
      this.underWay -= 1;
    }
  }

  private post(message: ToJudge): void {
    this.port.postMessage(message);
  }

  /** The next answer; null when there is none yet and nobody wants to wait. */
  private next(wait: boolean): FromJudge | null {
    const until = performance.now() + this.patience;
    for (;;) {
      // Read before looking, so that an answer which comes in between is not slept over.
      const known = Atomics.load(this.answers, 0);
      const received = receiveMessageOnPort(this.port);
      if (received !== undefined) {
        const message = received.message as FromJudge;
        if (message.type === 'failed') throw new Error(message.message);
        return message;
      }
      if (!wait) return null;
      if (performance.now() > until) {
        throw new LicenseError('storeFailed', 'The users could not be judged: the thread for it has ended.');
      }
      Atomics.wait(this.answers, 0, known, Math.min(1000, this.patience));
    }
  }
}

function judgedRows(answer: FromJudge): JudgedRows {
  if (answer.type !== 'judged') throw new Error(`Unexpected answer “${answer.type}”.`);
  return answer.rows;
}
