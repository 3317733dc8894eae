/**
 * How a camera is, second by second: every reason that Starling can give, with the state it puts the camera in.
 * `docs/health.md` is generated from this table.
 */
import * as z from 'zod';
import { type Details, fill, templatePattern } from './template.ts';

/**
 * `unknown`: nothing can be said, and nothing is counted. `connecting`: neither, because it has only just begun.
 * `degraded`: measured, with the stated doubts. The worst reason gives the state.
 */
export const CAMERA_STATES = ['ok', 'degraded', 'connecting', 'unknown'] as const;

/** One of {@link CAMERA_STATES}. */
export type CameraState = (typeof CAMERA_STATES)[number];

interface ReasonEntry {
  readonly state: Exclude<CameraState, 'ok'>;
  /** What happened; `{name}` is filled in. */
  readonly what: string;
  /** What to do about it. */
  readonly mend: string;
  /** Whether lengths on the ground cannot be believed while it lasts: no metres are given. */
  readonly suspendsMetres?: true;
}

/** Every reason for doubt about a camera, by code. */
export const CAMERA_REASONS = {
  CONNECTING: {
    state: 'connecting',
    what: 'The camera is being connected to.',
    mend: 'Wait. If it stays so, the reason appears within ten seconds.',
  },
  UNREACHABLE: {
    state: 'unknown',
    what: 'The camera does not answer: {reason}.',
    mend: 'Check power, cable, address and port. It is tried again for ever.',
  },
  CREDENTIALS_REFUSED: {
    state: 'unknown',
    what: 'The camera refused the user name or password.',
    mend: 'Correct them where the site file takes them from, and start again.',
  },
  SOURCE_ENDED: {
    state: 'unknown',
    what: 'The recording is over.',
    mend: 'Set `loop: true` to see it again and again; a camera is connected to again by itself.',
  },
  NO_FRAMES: {
    state: 'unknown',
    what: 'No picture has come for {seconds} s.',
    mend: 'Look at the camera and the network. It is connected to again by itself.',
  },
  FROZEN: {
    state: 'unknown',
    what: 'The picture has not changed at all for {seconds} s.',
    mend: 'Restart the camera; its encoder may hang.',
  },
  REPLAYED: {
    state: 'unknown',
    what: 'Pictures came again, or in the wrong order; they are not counted.',
    mend: 'Look at the recorder or proxy in between. It ends by itself when new pictures come.',
  },
  BLACK: {
    state: 'unknown',
    what: 'The picture is black.',
    mend: 'Look for a covered lens, a failed lamp or a wrong exposure.',
  },
  WHITE: {
    state: 'unknown',
    what: 'The picture is white.',
    mend: 'Look for glare or a wrong exposure.',
  },
  BLURRED: {
    state: 'degraded',
    what: 'The picture has lost its detail.',
    mend: 'Clean the lens; look for fog, rain or a wrong focus.',
  },
  SMEARED: {
    state: 'degraded',
    what: 'Of the last pictures, {percent} % came damaged or incomplete.',
    mend: 'Look at the network: packets are lost. Prefer `transport: tcp`.',
  },
  RESOLUTION_CHANGED: {
    state: 'degraded',
    what: 'The picture is {width} × {height} and was {expectedWidth} × {expectedHeight}: metres are suspended.',
    mend: 'Set the camera back, or confirm the new view with `starling confirm`.',
    suspendsMetres: true,
  },
  VIEW_SHIFTED: {
    state: 'degraded',
    what: 'The camera looks elsewhere than it was calibrated for: metres are suspended.',
    mend: 'Turn it back, or calibrate it again; `starling confirm` takes the new view for right.',
    suspendsMetres: true,
  },
  RATE_TOO_LOW: {
    state: 'degraded',
    what: 'Only {framesPerS} pictures a second are measured, too few to follow people: gates count too few, and speeds are doubtful.',
    mend: 'Give the camera a higher rate, or the machine fewer cameras.',
  },
  OVERLOADED: {
    state: 'degraded',
    what: 'The machine is short of time: {framesPerS} of {askedPerS} pictures a second are measured.',
    mend: 'Give it more cores, fewer cameras or a lower `fps`. It recovers by itself.',
  },
  CLOCK_JUMPED: {
    state: 'degraded',
    what: 'The clock of this machine jumped by {seconds} s.',
    mend: 'Look at its time synchronisation (NTP).',
  },
  MODEL_FAILED: {
    state: 'unknown',
    what: 'The model failed: {reason}.',
    mend: 'The sensor is started anew by itself. If it stays so, see docs/errors.md.',
  },
  SENSOR_DOWN: {
    state: 'unknown',
    what: 'The process that watches this camera ended ({reason}), and is started again.',
    mend: 'Nothing to do, unless it happens again and again: then report it.',
  },
  SENSOR_SILENT: {
    state: 'unknown',
    what: 'Nothing has come from the process that watches this camera for {seconds} s.',
    mend: 'It is started anew by itself when it stays silent.',
  },
  SPOOL_FAILED: {
    state: 'degraded',
    what: 'Observations cannot be kept on disk until they are stored: {reason}.',
    mend: 'Make room on the disk. A crash would lose what was not stored.',
  },
} as const satisfies Record<string, ReasonEntry>;

/** A code of {@link CAMERA_REASONS}. */
export type CameraReasonCode = keyof typeof CAMERA_REASONS;

const codes = Object.keys(CAMERA_REASONS);
const isCode = (code: string): code is CameraReasonCode => codes.includes(code);

/** The one blank that words may fill: what a library or the system said. */
const WORDED = ['reason'];
const MOST_LETTERS = 200;

const patterns = new Map(
  Object.entries(CAMERA_REASONS).map(([code, { what }]) => [code, templatePattern(what, WORDED, MOST_LETTERS)]),
);

/** The message, where it is made of the words of its reason; else those words, without what was filled in. */
const inOurWords = (code: CameraReasonCode, message: string): string =>
  patterns.get(code)?.test(message) ? message : CAMERA_REASONS[code].what.replaceAll(/\{\w+\}/g, '…');

const cameraReasonSchema = z
  .strictObject({
    code: z.string().max(40).refine(isCode, 'not a reason that is known'),
    message: z.string().max(300),
  })
  // Free words would be a way for anything to cross the line between a sensor and the hub: only the words of this very
  // table do. A sensor of another version, which says it otherwise, is understood by its code.
  .overwrite(({ code, message }) => ({ code, message: isCode(code) ? inOurWords(code, message) : message }));

/** State of a camera, and why. */
export const cameraHealthSchema = z.strictObject({
  state: z.enum(CAMERA_STATES),
  reasons: z.array(cameraReasonSchema).max(codes.length),
});

/** One reason for doubt about a camera. */
export type CameraReason = z.infer<typeof cameraReasonSchema>;
/** State of a camera, and why. */
export type CameraHealth = z.infer<typeof cameraHealthSchema>;

const shorten = (value: string | number): string | number =>
  typeof value === 'number' ? Math.round(100 * value) / 100 : value.replaceAll(/\p{Cc}+/gu, ' ').slice(0, MOST_LETTERS);

/** A reason as it is told, with its blanks filled in. */
export const cameraReason = <Code extends CameraReasonCode>(
  code: Code,
  details: Details<(typeof CAMERA_REASONS)[Code]['what']>,
): CameraReason => {
  const short = Object.fromEntries(
    Object.entries<string | number>(details).map(([name, value]) => [name, shorten(value)]),
  );
  return { code, message: fill(CAMERA_REASONS[code].what, short) };
};

/** Health from its reasons: the worst of them gives the state, and each code is told once. */
export const cameraHealth = (reasons: readonly CameraReason[]): CameraHealth => {
  const once = reasons.filter(({ code }, i) => reasons.findIndex((other) => other.code === code) === i);
  const ranks = once.map(({ code }) => CAMERA_STATES.indexOf(CAMERA_REASONS[code].state));
  return { state: CAMERA_STATES[Math.max(0, ...ranks)], reasons: once };
};

/** Whether lengths on the ground cannot be believed. */
export const suspendsMetres = ({ reasons }: CameraHealth): boolean =>
  reasons.some(({ code }) => 'suspendsMetres' in CAMERA_REASONS[code]);
