/**
 * A hub that can be killed: it runs sensors and keeps its ledger in a file, a line an observation, of which it takes
 * only those that it did not have.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { startFleet } from './hub.ts';

const settings = z
  .strictObject({
    ledger: z.string(),
    journal: z.string(),
    spoolFolder: z.string(),
    script: z.string(),
    everyMs: z.number(),
    sensors: z.array(z.array(z.string())),
  })
  .parse(JSON.parse(process.argv[2]));

const file = openSync(settings.ledger, 'a+');
const had = new Map<string, Set<number>>(settings.sensors.flat().map((camera) => [camera, new Set<number>()]));
// A line that was cut off by a crash was never acknowledged.
for (const line of readFileSync(settings.ledger, 'utf8').split('\n').slice(0, -1)) {
  const [camera, sequence] = line.split(' ');
  had.get(camera)?.add(Number(sequence));
}
writeSync(file, '\n');

const fleet = startFleet({
  ...settings,
  sensors: settings.sensors.map((cameras, i) => ({
    name: `sensor-${i + 1}`,
    cameras,
    work: { everyMs: settings.everyMs, journal: settings.journal },
    environment: {},
  })),
  command: { script: settings.script, args: [] },
  latest: new Map([...had].map(([camera, numbers]) => [camera, Math.max(0, ...numbers)])),
  take: (observations) => {
    const fresh = observations.filter(({ camera, sequence }) => !had.get(camera)?.has(sequence));
    writeSync(file, fresh.map(({ camera, sequence, startMs }) => `${camera} ${sequence} ${startMs}\n`).join(''));
    fsyncSync(file);
    for (const { camera, sequence } of fresh) had.get(camera)?.add(sequence);
    return Promise.resolve();
  },
  onState: (sensor, { kind }) => process.send?.({ sensor, kind }),
  onLog: (sensor, line) => process.stderr.write(`${sensor}: ${line}\n`),
  onRefused: (sensor, problem) => process.stderr.write(`${sensor}: ${problem}\n`),
  times: { leastWaitMs: 50, mostWaitMs: 200 },
});

process.once('message', async () => {
  await fleet.stop();
  closeSync(file);
  process.disconnect();
});
