import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What one run cost its process. */
export interface Cost {
  /** Milliseconds on the clock. */
  readonly wallMs: number;
  /** Processor time of all threads of the process, milliseconds: says more than the clock on a busy machine. */
  readonly cpuMs: number;
  /** Most memory that the process had at any time, bytes. */
  readonly peakBytes: number;
  /** Delay of the event loop of the thread that imports, milliseconds. */
  readonly loop: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly rows: number;
}

const resolution = 5;

/** Runs `work` and measures it. @param work returns the rows that it brought */
export async function measured(work: () => Promise<number>): Promise<Cost> {
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  const before = process.cpuUsage();
  const started = performance.now();
  const rows = await work();
  const wallMs = performance.now() - started;
  const cpu = process.cpuUsage(before);
  histogram.disable();
  // The histogram holds the time from tick to tick, of which the timer itself is a part.
  const delay = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution);
  return {
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    loop: {
      p50: delay(histogram.percentile(50)),
      p99: delay(histogram.percentile(99)),
      max: delay(histogram.max),
    },
    rows,
  };
}
