/** Rolls a ledger up, second by second, for as long as a site runs. */
import type { Store } from '../../store/index.ts';
import { type Trouble, troubleOf } from './trouble.ts';

const TEND_MS = 1000;

/** The ledger's upkeep. */
export class Upkeep implements Disposable {
  readonly #store: Store;
  readonly #timer: NodeJS.Timeout;
  /** When figures were last rolled up, by a clock that cannot be set. */
  #tendedMs = performance.now();
  #trouble: Trouble | null = null;

  constructor(store: Store) {
    this.#store = store;
    this.#timer = setInterval(() => void this.#tend(), TEND_MS);
  }

  /** Why the ledger takes nothing, or figures could not be rolled up last time. */
  get trouble(): Trouble | null {
    const status = this.#store.status();
    return status.state === 'ok' ? this.#trouble : troubleOf(status.error);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #tend(): Promise<void> {
    try {
      const steadyMs = performance.now();
      const elapsedMs = steadyMs - this.#tendedMs;
      this.#tendedMs = steadyMs;
      await this.#store.tend(Date.now(), elapsedMs);
      this.#trouble = null;
    } catch (error) {
      this.#trouble = troubleOf(error);
    }
  }
}
