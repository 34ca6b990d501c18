import { randomBytes } from 'node:crypto';
import type { EntraProblem } from './entraError';
import { problems } from './entraError';
import type { SampleSwitches } from '../sampleOptions';

/** A device code between its start and its use. */
export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  state: 'pending' | 'approved' | 'declined';
  polls: number;
}

/** Life of a device code in seconds, as Entra ID has it. */
export const deviceCodeLifetime = 900;

/** The device codes of a tenant. */
export class DeviceCodes {
  private readonly codes = new Map<string, DeviceCode>();

  start(clientId: string, scope: string): DeviceCode {
    // Letters and digits that are not mistaken for one another.
    const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    const code: DeviceCode = {
      deviceCode: randomBytes(32).toString('base64url'),
      userCode: [...randomBytes(9)].map((byte) => alphabet[byte % alphabet.length]).join(''),
      clientId,
      scope,
      expiresAt: Date.now() + deviceCodeLifetime * 1000,
      state: 'pending',
      polls: 0,
    };
    this.codes.set(code.deviceCode, code);
    return code;
  }

  /** A pending code by what the person types; blanks, hyphens and case do not matter. */
  byUserCode(userCode: string): DeviceCode | undefined {
    const wanted = userCode.replace(/[\s-]/g, '').toUpperCase();
    return [...this.codes.values()].find(
      (code) => code.userCode === wanted && code.state === 'pending' && Date.now() < code.expiresAt,
    );
  }

  /** Decides for the person. False when there is no such pending code. */
  decide(userCode: string, decision: 'approve' | 'decline'): boolean {
    const code = this.byUserCode(userCode);
    if (!code) return false;
    code.state = decision === 'approve' ? 'approved' : 'declined';
    return true;
  }

  /** One poll: the approved code, which is used up by that, or why not. */
  poll(deviceCode: string, clientId: string, switches: SampleSwitches): DeviceCode | EntraProblem {
    const code = this.codes.get(deviceCode);
    if (!code || code.clientId !== clientId) return problems.deviceUnknown();
    code.polls++;
    if (switches.expireDeviceCode || Date.now() >= code.expiresAt) return problems.deviceExpired();
    if (switches.slowDown && code.polls === 1) return problems.deviceSlowDown();
    if (code.state === 'pending' && code.polls > 1) {
      if (switches.declineDeviceCode) code.state = 'declined';
      else if (switches.autoApprove) code.state = 'approved';
    }
    if (code.state === 'pending') return problems.devicePending();
    this.codes.delete(deviceCode);
    return code.state === 'approved' ? code : problems.deviceDeclined();
  }
}
