import type { StoreFile } from './storeFile';
import { UserIndex } from './userIndex';

/** The index of the users as they are now, made anew when the data changed. */
export class CurrentUsers {
  private index: UserIndex | undefined;
  private version = '';

  constructor(private readonly file: StoreFile) {}

  get(): UserIndex {
    const db = this.file.current();
    if (this.index === undefined || this.version !== this.file.version) {
      this.index = new UserIndex(db);
      this.version = this.file.version;
    }
    return this.index;
  }
}
