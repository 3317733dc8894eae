#!/usr/bin/env node
// Runs under any Node from 18 on, and hands over to the Node that the package pins (the npm package `node`), so that
// Starling runs the same everywhere. Plain JavaScript of that age on purpose: nothing here may need a newer one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// A checkout runs its TypeScript as it is; a published package, where Node strips no types, holds JavaScript.
const source = join(root, 'src', 'cli', 'main.ts');
const main = existsSync(source) ? source : join(root, 'dist', 'cli', 'main.js');

const pinnedNode = () => {
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
};

let node;
try {
  node = pinnedNode();
} catch {
  node = '';
}
if (!existsSync(node)) {
  process.stderr.write(
    'starling: the Node that this package pins is missing. Run `npm ci` (or `npm install`) again, with install scripts allowed for the package `node`.\n',
  );
  process.exit(1);
}

// Decoders block a thread of libuv's pool each; the pool's size is read once, when the process starts.
const env = { UV_THREADPOOL_SIZE: '64', ...process.env };
const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', env });

// What is sent to this process is passed on. A terminal's Ctrl-C reaches both, which the child takes as one.
process.on('SIGINT', () => child.kill('SIGINT'));
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
child.on('error', (error) => {
  process.stderr.write(`starling: ${node} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
});
