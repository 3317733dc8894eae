import { expect, test } from 'vitest';
import { answerProbes, startOnvifDevice } from './helpers/onvif-device.ts';
import { starling, starlingWith } from './helpers/cli.ts';

test('a camera’s streams are listed with their URLs', async () => {
  await using device = await startOnvifDevice();
  const { stdout, code } = await starling('discover', '--address', device.address);
  expect(code).toBe(0);
  expect(stdout).toContain(`${device.address}  Lantern L-7
  main  1920 × 1080  h264  25/s
    rtsp://${device.address}/main
  sub  640 × 360  h264  25/s
    rtsp://${device.address}/sub`);
});

test('cameras of a network are found by asking all of it', async () => {
  await using device = await startOnvifDevice();
  await using probes = await answerProbes(device);
  const { stdout } = await starling('discover', '--interface', 'lo', '--timeout', '2', '--json');
  expect(probes.answered()).toBeGreaterThan(0);
  expect(JSON.parse(stdout)).toMatchObject([{ address: device.address, streams: [{ name: 'main' }, { name: 'sub' }] }]);
});

test('a camera that wants a password says so, and gets it from the environment', async () => {
  await using device = await startOnvifDevice('operator');
  const ask = ['discover', '--address', device.address, '--json'];
  const refused = await starling(...ask);
  expect(JSON.parse(refused.stdout)).toMatchObject([{ streams: [], problem: 'it wants a user name and a password' }]);
  const taken = await starlingWith({ STARLING_ONVIF_PASSWORD: 'lantern-secret' }, ...ask, '--username', 'operator');
  expect(JSON.parse(taken.stdout)).toMatchObject([{ model: 'Lantern L-7', problem: null }]);
  expect(`${taken.stdout}${taken.stderr}`).not.toContain('lantern-secret');
});

test('a camera that is not there is said to be so', async () => {
  const { stdout, code } = await starling('discover', '--address', '127.0.0.1:9', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ address: '127.0.0.1:9', streams: [] }]);
  expect(stdout).toMatch(/ECONNREFUSED/);
});

test.each([
  [['--timeout', '0'], 'seconds up to 60'],
  [['--address', 'a b'], '192.168.1.20'],
  [['--interface', 'none0'], 'There is no network interface "none0"'],
])('%s is refused', async (args, problem) => {
  const { stderr, code } = await starling('discover', ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
});
