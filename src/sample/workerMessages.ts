import type { JournalEntry } from './net/journal';
import type { SampleAddress, SampleFaults, SampleSwitches } from './sampleOptions';

/** What the main thread asks of the sample tenant's thread. */
export type WorkerRequest =
  | { readonly kind: 'configure'; readonly change: { faults?: SampleFaults; switches?: SampleSwitches } }
  | { readonly kind: 'journal' }
  | { readonly kind: 'issuedTokens' }
  | {
      readonly kind: 'approveDeviceCode';
      readonly userCode: string;
      readonly decision: 'approve' | 'decline';
    }
  | { readonly kind: 'close' };

/** What each request gives back. */
export interface WorkerResults {
  configure: void;
  journal: readonly JournalEntry[];
  issuedTokens: readonly string[];
  approveDeviceCode: boolean;
  close: void;
}

/** What the thread says. */
export type WorkerAnswer =
  | { readonly kind: 'ready'; readonly address: SampleAddress }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
