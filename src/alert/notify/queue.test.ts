import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { EVENING_MS, makeEvent } from './alert-event.fixture.ts';
import { NotifyBook } from './book.ts';
import { Queue, type QueueOptions } from './queue.ts';

const DAY_MS = 86_400_000;

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starling-notify-'));
  path = join(folder, 'data', 'notify.sqlite');
  mkdirSync(join(folder, 'data'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const open = (change: Partial<QueueOptions> = {}): Queue =>
  new Queue({
    book: new NotifyBook(path),
    notifiers: ['a', 'b'],
    mostAgeMs: DAY_MS,
    now: () => EVENING_MS,
    ...change,
  });

/** Sequences of what a notifier is told, when each message arrives. */
const drain = (queue: Queue, name: string): number[] => {
  const told: number[] = [];
  for (let next = queue.first(name); next; next = queue.first(name)) {
    told.push(next.event.sequence);
    queue.settle(name, next, 'sent');
  }
  return told;
};

describe('a queue', () => {
  it('gives out what was put there, in the order of sequence, over restarts', () => {
    const queue = open();
    expect(queue.latestSequence).toBeNull();
    expect(queue.enqueue([makeEvent(3, ['a']), makeEvent(1, ['a', 'b'])])).toEqual(['a', 'b']);
    queue.enqueue([makeEvent(2, ['b', 'nobody'])]);
    expect(queue.counts('a')).toEqual({ waiting: 2, sent: 0, givenUp: 0 });
    queue.close();
    const again = open();
    expect(again.latestSequence).toBe(2);
    expect(again.first('a')?.event).toEqual(makeEvent(1, ['a', 'b']));
    expect(drain(again, 'a')).toEqual([1, 3]);
    expect(drain(again, 'b')).toEqual([1, 2]);
    expect(again.counts('b')).toEqual({ waiting: 0, sent: 2, givenUp: 0 });
    again.close();
  });

  it('takes an event once for each notifier, also after it was told, and after a restart', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a', 'a'])]);
    expect(queue.enqueue([makeEvent(1, ['a'])])).toEqual([]);
    expect(drain(queue, 'a')).toEqual([1]);
    expect(queue.enqueue([makeEvent(1, ['a'])])).toEqual([]);
    queue.close();
    const again = open();
    expect(again.enqueue([makeEvent(1, ['a', 'b'])])).toEqual(['b']);
    expect(drain(again, 'a')).toEqual([]);
    expect(drain(again, 'b')).toEqual([1]);
    again.close();
  });

  it('does not take the events of a new book of alerts for old ones, though their numbers begin anew', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a']), makeEvent(2, ['a'])]);
    drain(queue, 'a');
    queue.enqueue([makeEvent(1, ['a'], { timeMs: EVENING_MS + 1 })]);
    expect(queue.latestSequence).toBe(1);
    expect(drain(queue, 'a')).toEqual([1]);
    queue.close();
  });

  it('keeps nothing of an event that everybody was told of but that it was', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a'], { by: 'J. Smit', text: 'two stewards' })]);
    drain(queue, 'a');
    queue.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT key, outcomes, body FROM event').all()).toEqual([
      { key: `1-${EVENING_MS}`, outcomes: '{"a":"sent"}', body: null },
    ]);
    database.close();
  });

  it('passes over what is too old, and remembers that nobody was to be told', () => {
    const queue = open();
    expect(queue.enqueue([makeEvent(1, ['a'], { timeMs: EVENING_MS - DAY_MS - 1 }), makeEvent(2, [])])).toEqual([]);
    expect(queue.latestSequence).toBe(2);
    queue.close();
  });

  it('gives up the oldest when too many wait, but not the one that may be under way', () => {
    const queue = open({ mostWaiting: 3 });
    queue.enqueue([1, 2, 3, 4, 5].map((sequence) => makeEvent(sequence, ['a'])));
    expect(queue.counts('a')).toEqual({ waiting: 3, sent: 0, givenUp: 2 });
    expect(drain(queue, 'a')).toEqual([1, 4, 5]);
    queue.close();
  });

  it('keeps what is for somebody whom the site file does not name any more, for a day', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a'])]);
    queue.close();
    const without = open({ notifiers: ['b'] });
    expect(without.enqueue([makeEvent(1, ['a'])])).toEqual([]);
    without.close();
    const withAgain = open();
    expect(withAgain.counts('a').waiting).toBe(1);
    withAgain.close();
    open({ notifiers: ['b'], now: () => EVENING_MS + DAY_MS + 1 }).close();
    const tooLate = open();
    expect(tooLate.counts('a').waiting).toBe(0);
    tooLate.close();
  });

  it('reads what an older or newer Starling wrote as far as it can, and never sends half of it', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a']), makeEvent(2, ['a'])]);
    queue.close();
    const database = new DatabaseSync(path);
    database.exec(`UPDATE event SET body = '{"sequence":1,"colour":"red"}' WHERE id = 1`);
    database.close();
    const again = open();
    expect(drain(again, 'a')).toEqual([2]);
    again.close();
  });

  it('says that it is damaged where a row is nonsense', () => {
    const queue = open();
    queue.enqueue([makeEvent(1, ['a'])]);
    queue.close();
    const database = new DatabaseSync(path);
    database.exec(`UPDATE event SET outcomes = '{"a":"eaten"}'`);
    database.close();
    const again = open();
    expect(again.trouble).toMatchObject({ code: 'BOOK_CORRUPT' });
    again.close();
  });

  it('is for one process alone', () => {
    const queue = open();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'BOOK_IN_USE' }));
    queue.close();
  });
});

describe('when the disk fails', () => {
  it('goes on in memory, says so, and writes what is missing when it can', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    rmSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data'), '');
    const queue = open();
    expect(queue.trouble).toMatchObject({ code: 'BOOK_NOT_WRITABLE', message: expect.stringContaining(path) });
    expect(queue.latestSequence).toBeNull();
    queue.enqueue([makeEvent(1, ['a', 'b']), makeEvent(2, ['a'])]);
    expect(drain(queue, 'a')).toEqual([1, 2]);
    rmSync(join(folder, 'data'));
    mkdirSync(join(folder, 'data'));
    vi.advanceTimersByTime(5000);
    expect(queue.trouble).toBeNull();
    queue.close();
    const again = open();
    expect(again.latestSequence).toBe(2);
    expect(drain(again, 'a')).toEqual([]);
    expect(drain(again, 'b')).toEqual([1]);
    again.close();
  });

  it('learns what was there before when it can be read at last, and tells nobody twice', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const before = open();
    before.enqueue([makeEvent(1, ['a']), makeEvent(2, ['a']), makeEvent(3, ['b'])]);
    const first = before.first('a');
    if (first) before.settle('a', first, 'sent');
    before.close();
    renameSync(join(folder, 'data'), join(folder, 'away'));
    const queue = open();
    expect(queue.trouble).not.toBeNull();
    queue.enqueue([1, 2, 4].map((sequence) => makeEvent(sequence, ['a'])));
    renameSync(join(folder, 'away'), join(folder, 'data'));
    vi.advanceTimersByTime(5000);
    expect(queue.trouble).toBeNull();
    expect(drain(queue, 'a')).toEqual([2, 4]);
    expect(drain(queue, 'b')).toEqual([3]);
    queue.close();
  });

  it('a file that is another kind of database, or none, is left alone', () => {
    writeFileSync(path, 'this is no database, but it is long enough to be looked at as one '.repeat(20));
    const queue = open();
    expect(queue.trouble).toMatchObject({ code: 'BOOK_CORRUPT' });
    queue.enqueue([makeEvent(1, ['a'])]);
    expect(drain(queue, 'a')).toEqual([1]);
    queue.close();
  });
});

/** A book on a disk that can be made to fail. */
class FailingBook extends NotifyBook {
  static works = true;

  override open() {
    this.#check();
    return super.open();
  }

  override write(events: Parameters<NotifyBook['write']>[0]): void {
    this.#check();
    super.write(events);
  }

  #check(): void {
    if (!FailingBook.works) throw new StarlingError('BOOK_NOT_WRITABLE', { path, reason: 'it fails' });
  }
}

type Happening =
  | { readonly kind: 'happens'; readonly notify: readonly string[] }
  | { readonly kind: 'tell'; readonly name: string }
  | { readonly kind: 'kill' | 'handOverAgain' }
  | { readonly kind: 'disk'; readonly works: boolean };

const happenings = (kinds: readonly fc.Arbitrary<Happening>[]) => fc.array(fc.oneof(...kinds), { maxLength: 40 });
const WELL: readonly fc.Arbitrary<Happening>[] = [
  fc.record({ kind: fc.constant('happens'), notify: fc.subarray(['a', 'b']) }),
  fc.record({ kind: fc.constant('tell'), name: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constantFrom('kill', 'handOverAgain') }),
];
const DISK: fc.Arbitrary<Happening> = fc.record({ kind: fc.constant('disk'), works: fc.boolean() });

/** Lets things happen to a queue, ends with all well, and says who was told what, in order. */
const live = (all: readonly Happening[]) => {
  rmSync(path, { force: true });
  FailingBook.works = true;
  const told = { a: [] as number[], b: [] as number[] };
  const events: ReturnType<typeof makeEvent>[] = [];
  let book = new FailingBook(path);
  let queue = open({ book });
  const restart = (): void => {
    book.close();
    book = new FailingBook(path);
    queue = open({ book });
    const latest = queue.latestSequence ?? 0;
    queue.enqueue(events.filter(({ sequence }) => sequence > latest));
  };
  for (const happening of all) {
    if (happening.kind === 'happens') {
      events.push(makeEvent(events.length + 1, happening.notify));
      queue.enqueue(events.slice(-1));
    }
    if (happening.kind === 'tell') {
      const message = queue.first(happening.name);
      if (!message) continue;
      told[happening.name === 'a' ? 'a' : 'b'].push(message.event.sequence);
      queue.settle(happening.name, message, 'sent');
    }
    if (happening.kind === 'kill') restart();
    if (happening.kind === 'handOverAgain') queue.enqueue(events);
    if (happening.kind === 'disk') FailingBook.works = happening.works;
  }
  FailingBook.works = true;
  restart();
  told.a.push(...drain(queue, 'a'));
  told.b.push(...drain(queue, 'b'));
  queue.close();
  const wanted = (name: string) => events.filter(({ notify }) => notify.includes(name)).map(({ sequence }) => sequence);
  return { told, wanted: { a: wanted('a'), b: wanted('b') } };
};

describe('whatever happens', () => {
  it('everybody is told everything once, in order, however often it is killed', () => {
    fc.assert(
      fc.property(happenings(WELL), (all) => {
        const { told, wanted } = live(all);
        expect(told).toEqual(wanted);
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  it('nobody misses anything, though the disk fails and comes back', () => {
    fc.assert(
      fc.property(happenings([...WELL, DISK]), (all) => {
        const { told, wanted } = live(all);
        expect([...new Set(told.a)].toSorted((x, y) => x - y)).toEqual(wanted.a);
        expect([...new Set(told.b)].toSorted((x, y) => x - y)).toEqual(wanted.b);
      }),
      { seed: 5, numRuns: 25 },
    );
  });
});
