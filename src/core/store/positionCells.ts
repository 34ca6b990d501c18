import type { LicensePosition, SeatsByVerdict } from '../../shared/licensePosition';
import type { SqlCells } from './sqlCells';

/** The position in a row of `v_position`. */
export function positionOf(cells: SqlCells): LicensePosition {
  return {
    enabled: cells.count('enabled'),
    inGrace: cells.count('inGrace'),
    suspended: cells.count('suspended'),
    lockedOut: cells.count('lockedOut'),
    entitled: cells.count('entitled'),
    consumed: cells.count('consumed'),
    seats: cells.number('seats'),
    availableNow: cells.count('availableNow'),
    availableAfterGrace: cells.count('availableAfterGrace'),
    shortfallNow: cells.count('shortfallNow'),
    shortfallSoon: cells.count('shortfallSoon'),
    unassigned: cells.count('unassigned'),
  };
}

/** The seats by verdict in a row of `v_position`. */
export function seatsByVerdict(cells: SqlCells): SeatsByVerdict {
  return {
    active: cells.number('active'),
    inactive: cells.number('inactive'),
    never: cells.number('never'),
    new: cells.number('new'),
    unknown: cells.number('unknown'),
  };
}
