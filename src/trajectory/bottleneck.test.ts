import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTrajectories } from './index.ts';

const PATH = '../shared/data/pedpy-bottleneck/traj.txt';

test.skipIf(!existsSync(PATH))(
  'a laboratory experiment is read as a plain parser reads it (needs ../shared)',
  async () => {
    const people: Record<string, number> = {};
    const expected = readFileSync(PATH, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [id = '', frame, x, y] = line.split('\t');
        people[id] ??= Object.keys(people).length;
        return { frame: Number(frame), person: people[id], x: Number(x), y: Number(y) };
      })
      .toSorted((a, b) => a.frame - b.frame || a.person - b.person);
    const recording = await openTrajectories(PATH);
    const found = [...recording.positions()].length;
    const rows: typeof expected = [];
    for (const { frame, count, id, x, y } of recording.positions())
      for (let i = 0; i < count; i += 1) rows.push({ frame, person: id[i], x: x[i], y: y[i] });
    expect(rows).toEqual(expected);
    expect(found).toBe(recording.frames);
    expect(recording).toMatchObject({ frameRate: 16, firstFrame: 0, lastFrame: 958, people: 348, doubts: [] });
  },
);
