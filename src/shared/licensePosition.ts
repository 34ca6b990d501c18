/** Units and seats of a license as `v_position` has them: signed, never clamped. */
export interface LicensePosition {
  readonly enabled: number;
  readonly inGrace: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly entitled: number;
  readonly consumed: number;
  /** Seats as we count them, null while assignments are unknown; differs from `consumed` when the service counts otherwise. */
  readonly seats: number | null;
  /** Negative when short. */
  readonly availableNow: number;
  readonly availableAfterGrace: number;
  /** Zero where the entitlement is unlimited. */
  readonly shortfallNow: number;
  /** Missing in addition once the grace ends. */
  readonly shortfallSoon: number;
  /** Enabled units that nobody holds, less the buffer. */
  readonly unassigned: number;
}

/** Seats of a license by verdict; null while users were never read. */
export interface SeatsByVerdict {
  readonly active: number | null;
  readonly inactive: number | null;
  readonly never: number | null;
  readonly new: number | null;
  readonly unknown: number | null;
}
