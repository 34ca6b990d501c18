/** A fixed random order of the users, and the second of the day at which each signs in. */
export class UserOrder {
  private readonly stride: number;
  private readonly inverse: number;

  constructor(private readonly users: number) {
    let stride = Math.max(1, Math.floor(users * 0.618));
    while (greatestCommonDivisor(stride, users) !== 1) stride++;
    this.stride = stride;
    this.inverse = modularInverse(stride, users);
  }

  userAt(place: number): number {
    return (place * this.stride) % this.users;
  }

  /** Between 6:00 and 20:00; later for earlier places, since logs are read newest first. */
  secondOf(index: number): number {
    const place = (index * this.inverse) % this.users;
    return 71_999 - Math.floor((place * 50_400) / this.users);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function modularInverse(value: number, modulus: number): number {
  let [oldR, r] = [value, modulus];
  let [oldS, s] = [1, 0];
  while (r !== 0) {
    const quotient = Math.floor(oldR / r);
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return ((oldS % modulus) + modulus) % modulus;
}
