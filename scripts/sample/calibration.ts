/**
 * Prints the calibration of `samples/plaza.site.yaml`: where chosen points of the ground are seen by view 1 of
 * PETS 2009, by the published calibration of its camera (all of it: rotation, position, both radial and tangential
 * distortion).
 *
 *   node scripts/sample/calibration.ts calibration-all-views.json
 *
 * The published calibration is in millimetres with z up, so its x and y are right-handed as seen from above: x right,
 * y up, as Starling wants them. They are kept, in metres.
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const WIDTH_PX = 768;
const HEIGHT_PX = 576;
const MM_PER_M = 1000;

const triple = z.tuple([z.number(), z.number(), z.number()]);
const cameraSchema = z.object({
  K: z.tuple([triple, triple, triple]),
  R: z.tuple([triple, triple, triple]),
  t: triple,
  /** k1, k2, p1, p2, k3, as in OpenCV. */
  dist: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
});
const fileSchema = z.object({ View_001: cameraSchema });
type Camera = z.infer<typeof cameraSchema>;

/** Spread over where people walk, near and far, left and right: metres. */
const GROUND: readonly (readonly [number, number])[] = [
  [-13, -14],
  [-14, -9],
  [-14, -5],
  [-12, 1],
  [-10, -11],
  [-8, -1],
  [-6, -13],
  [-4, 4],
  [0, -10],
  [0, -2],
  [4, 3],
  [6, -4],
];

const dot = ([a, b, c]: readonly [number, number, number], [x, y, w]: readonly [number, number, number]): number =>
  a * x + b * y + c * w;

/** Pixels at which a ground point is seen: pinhole, then the lens of Brown and Conrady. */
const project = ({ K, R, t, dist: [k1, k2, p1, p2, k3] }: Camera, [xM, yM]: readonly [number, number]) => {
  const world = [xM * MM_PER_M, yM * MM_PER_M, 0] as const;
  const depth = dot(R[2], world) + t[2];
  const x = (dot(R[0], world) + t[0]) / depth;
  const y = (dot(R[1], world) + t[1]) / depth;
  const square = x * x + y * y;
  const radial = 1 + k1 * square + k2 * square ** 2 + k3 * square ** 3;
  const seen = [
    x * radial + 2 * p1 * x * y + p2 * (square + 2 * x * x),
    y * radial + p1 * (square + 2 * y * y) + 2 * p2 * x * y,
    1,
  ] as const;
  return [dot(K[0], seen), dot(K[1], seen)] as const;
};

/** Fractions of the frame: OpenCV's pixel 0 has its middle half a pixel inside. */
const fraction = (pixel: number, size: number): string => ((pixel + 0.5) / size).toFixed(4);

/** The first radial coefficient in units of half the picture diagonal instead of the focal length. */
const radialDistortion = ({ K, dist: [k1] }: Camera): string => {
  const focalPx = (K[0][0] + K[1][1]) / 2;
  return (k1 * (Math.hypot(WIDTH_PX, HEIGHT_PX) / 2 / focalPx) ** 2).toFixed(3);
};

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: node scripts/sample/calibration.ts calibration-all-views.json');
const { View_001: camera } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
console.log('    calibration:');
console.log(`      radialDistortion: ${radialDistortion(camera)}`);
console.log('      points:');
for (const ground of GROUND) {
  const [x, y] = project(camera, ground);
  console.log(
    `        - { image: [${fraction(x, WIDTH_PX)}, ${fraction(y, HEIGHT_PX)}], ground: [${ground.join(', ')}] }`,
  );
}
