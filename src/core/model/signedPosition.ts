/** Units of one license as the service counts them, plus the seats as we count them. */
export interface Units {
  readonly enabled: number;
  /** In grace: the term ended, users keep working until the subscription is disabled. */
  readonly warning: number;
  readonly suspended: number;
  readonly lockedOut: number;
  /** `consumedUnits` of the service. */
  readonly consumed: number;
}

/** The position of one license: entitlement against consumption, signed and never clamped. */
export interface SignedPosition {
  /** enabled + in grace; suspended and locked-out units never count. */
  readonly entitled: number;
  readonly availableNow: number;
  readonly availableAfterGrace: number;
  readonly shortfallNow: number;
  /** What will be missing in addition when the grace ends. */
  readonly shortfallSoon: number;
  /** Enabled units nobody holds, less the buffer; units in grace lapse by themselves and save nothing. */
  readonly unassigned: number;
}

/**
 * Computes the position of one license.
 * @param buffer units to keep free on purpose
 * @see https://learn.microsoft.com/graph/api/resources/licenseunitsdetail for the unit states
 */
export function signedPosition(units: Units, buffer = 0): SignedPosition {
  const entitled = units.enabled + units.warning;
  const availableNow = entitled - units.consumed;
  const availableAfterGrace = units.enabled - units.consumed;
  const shortfallNow = Math.max(0, -availableNow);
  return {
    entitled,
    availableNow,
    availableAfterGrace,
    shortfallNow,
    shortfallSoon: Math.max(0, -availableAfterGrace) - shortfallNow,
    unassigned: Math.max(0, availableAfterGrace - buffer),
  };
}
