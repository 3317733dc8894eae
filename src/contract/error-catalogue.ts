/**
 * Every error that Starling can report: a code that never changes, what happened and to what, and how to mend it.
 * `docs/errors.md` is generated from this table.
 */
import type { ErrorEntry } from './error-entry.ts';
import { HUB_ERRORS } from './hub-errors.ts';

/** The catalogue, by code. The first word of a code is the room that reports it. */
export const ERROR_CATALOGUE = {
  CLI_USAGE: { exit: 'usage', what: '{problem}', mend: 'Run `{command} --help` for the options.' },
  CLI_INTERNAL: {
    exit: 'internal',
    what: 'Starling ran into a fault of its own: {problem}.',
    mend: 'Run again with STARLING_DEBUG=1 for the details, and report them with the command you typed.',
  },
  CLI_BAD_RANGE: {
    exit: 'usage',
    what: 'Frames {from} to {to} are not a range.',
    mend: 'Choose --from-frame not after --to-frame; a recording numbers its frames from 1, a trajectory file as it likes.',
  },

  CAPTURE_NOT_FOUND: { exit: 'input', what: 'No such file: {path}.', mend: 'Check the path and its spelling.' },
  CAPTURE_NO_PICTURES: {
    exit: 'input',
    what: 'The folder {path} holds no pictures.',
    mend: 'Give a video file, or a folder of numbered .jpg or .png pictures.',
  },
  CAPTURE_NOT_READABLE: {
    exit: 'input',
    what: 'The file {path} may not be read: {reason}.',
    mend: 'Give yourself permission to read it, or copy it to where you have it.',
  },
  CAPTURE_NOT_VIDEO: {
    exit: 'input',
    what: '{path} is not a video that can be read ({reason}).',
    mend: 'Give a video file (MP4, AVI, MKV, MOV and others), or a folder of pictures.',
  },
  CAPTURE_NO_VIDEO_STREAM: {
    exit: 'input',
    what: '{path} holds no video, only {streams}.',
    mend: 'Give a recording with a picture.',
  },
  CAPTURE_NO_FRAMES: {
    exit: 'input',
    what: '{path} holds no frame that can be decoded.',
    mend: 'The recording may be empty or cut off before its first key frame; copy it again from its source.',
  },
  CAPTURE_RANGE_EMPTY: {
    exit: 'input',
    what: '{path} ends at frame {last}; the range begins at frame {from}.',
    mend: 'Choose --from-frame and --to-frame within the recording.',
  },
  CAPTURE_BAD_RATE: {
    exit: 'input',
    what: 'The frame rate of {path} is not known ({reason}).',
    mend: 'Say how many frames a second it has: --frame-rate N, or frameRate in the site file.',
  },
  CAPTURE_FAILED: { exit: 'input', what: 'Reading {path} failed: {reason}.', mend: 'Check the disk and the file.' },

  TRAJECTORY_NOT_FOUND: { exit: 'input', what: 'No such file: {path}.', mend: 'Check the path and its spelling.' },
  TRAJECTORY_NOT_READABLE: {
    exit: 'input',
    what: 'The file {path} may not be read: {reason}.',
    mend: 'Give yourself permission to read it, or copy it to where you have it.',
  },
  TRAJECTORY_UNKNOWN_FORMAT: {
    exit: 'input',
    what: '{path} holds no trajectories that can be read ({reason}).',
    mend: 'Give text or CSV in UTF-8, or the SQLite of JuPedSim; docs/trajectories.md says what they hold.',
  },
  TRAJECTORY_TOO_LARGE: {
    exit: 'input',
    what: '{path} has {sizeGb} GB, and at most 2 GB are read.',
    mend: 'Split it by time; a trajectory file is read whole.',
  },
  TRAJECTORY_EMPTY: {
    exit: 'input',
    what: '{path} says of nobody where they are.',
    mend: 'Check that it has rows with an id, a frame, x and y; docs/trajectories.md says how they look.',
  },
  TRAJECTORY_BAD_COLUMNS: {
    exit: 'input',
    what: '{place}: {problem}.',
    mend: 'Name the columns id, frame (or time_s), x and y; docs/trajectories.md lists what else is understood.',
  },
  TRAJECTORY_BAD_ROW: {
    exit: 'input',
    what: '{place}: {problem}.',
    mend: 'Correct the row; docs/trajectories.md says what it holds.',
  },
  TRAJECTORY_BAD_DATABASE: {
    exit: 'input',
    what: '{path} is no database that can be read: {problem}.',
    mend: "Give one that JuPedSim's SqliteTrajectoryWriter wrote, version 1 or 2, or a text file.",
  },
  TRAJECTORY_BAD_RATE: {
    exit: 'input',
    what: 'The frame rate of {path} is not known ({reason}).',
    mend: 'Say how many frames a second it has: --frame-rate N, or a first line such as `#framerate: 16`.',
  },
  TRAJECTORY_UNIT_UNCLEAR: {
    exit: 'input',
    what: 'The unit of {path} is not known ({reason}).',
    mend: 'Say which it is: --unit cm or --unit m.',
  },
  TRAJECTORY_RANGE_EMPTY: {
    exit: 'input',
    what: '{path} has frames {first} to {last}, and none of them is in the range.',
    mend: "Choose --from-frame and --to-frame within the file; they are the file's own numbers.",
  },
  TRAJECTORY_TOO_LONG: {
    exit: 'input',
    what: '{path} goes on for too long: {problem}.',
    mend: 'Look for a wrong frame number, or choose a part with --from-frame and --to-frame.',
  },

  CAPTURE_BAD_SOURCE: {
    exit: 'site',
    what: 'The source of the camera {camera} is not understood ({reason}).',
    mend: 'Give a file, a folder of pictures, or rtsp(s)://, http(s)://, v4l2:/dev/video0 or sim://SCENARIO; docs/live.md lists them.',
  },
  CAPTURE_UNREACHABLE: {
    exit: 'input',
    what: 'The source {source} does not answer: {reason}.',
    mend: 'Check that the camera is on, its address and port, and that this machine may reach it.',
  },
  CAPTURE_CREDENTIALS_REFUSED: {
    exit: 'input',
    what: 'The source {source} refused the user name or password.',
    mend: 'Correct them where the site file takes them from: an environment variable or the secrets file.',
  },
  CAPTURE_NO_DEVICE: {
    exit: 'input',
    what: 'The device {source} cannot be opened: {reason}.',
    mend: 'Check that the camera is plugged in, and that you may read the device (group `video`).',
  },

  SIMULATE_BAD_SCENARIO: {
    exit: 'site',
    what: 'The simulation {source} is not understood: {problem}.',
    mend: 'Write sim://SCENARIO?people=300&seed=1; docs/simulation.md lists the scenarios and what they take.',
  },

  SECRET_MISSING: {
    exit: 'site',
    what: '{place} takes {name} from the environment or the secrets file, and neither has it.',
    mend: 'Set the environment variable {name}, or give a file with it: --secrets FILE.',
  },

  SECRETS_NOT_READABLE: {
    exit: 'site',
    what: 'The secrets file {path} cannot be used: {problem}.',
    mend: 'Write one NAME=value a line, readable by you alone (chmod 600).',
  },

  FLEET_SENSOR_LOST: {
    exit: 'internal',
    what: 'The sensor process of {cameras} could not be started: {reason}.',
    mend: 'It is tried again, less and less often. Run with STARLING_DEBUG=1 for the details.',
  },
  FLEET_SPOOL_FAILED: {
    exit: 'output',
    what: 'Observations of the camera {camera} cannot be kept on disk: {reason}.',
    mend: 'Make room on the disk of --data, or choose another folder. Measuring goes on; what a crash would lose is said.',
  },
  FLEET_IN_USE: {
    exit: 'usage',
    what: 'The camera {camera} is being watched by another process from the same data folder.',
    mend: 'Stop the other `starling run`, or give this one a folder of its own with --data.',
  },

  DETECT_MODEL_NOT_FOUND: {
    exit: 'model',
    what: 'No such model: {path}.',
    mend: 'Check the path, or see `starling models list`.',
  },
  DETECT_MANIFEST_MISSING: {
    exit: 'model',
    what: 'The model {path} has no manifest: {manifest} is missing.',
    mend: 'Write one beside it; docs/models.md says what it holds.',
  },
  DETECT_MANIFEST_INVALID: {
    exit: 'model',
    what: 'The manifest {manifest} is not valid: {problem}.',
    mend: 'Correct it; docs/models.md says what it holds.',
  },
  DETECT_MODEL_HASH_MISMATCH: {
    exit: 'model',
    what: 'The model {path} is not the file that its manifest describes (SHA-256 {actual}, expected {expected}).',
    mend: 'Fetch the model again. If you changed it on purpose, check it and put the new hash in the manifest.',
  },
  DETECT_CLASS_NOT_ALLOWED: {
    exit: 'model',
    what: 'The manifest {manifest} asks for the class "{class}", which Starling does not look for.',
    mend: 'Take it out. Allowed are {allowed}; there is deliberately no way to add others.',
  },
  DETECT_MODEL_FAILED: {
    exit: 'model',
    what: 'The model {path} cannot be run: {reason}.',
    mend: 'Check that its manifest describes its inputs and outputs, or use the default model.',
  },

  GROUND_TOO_FEW_POINTS: {
    exit: 'site',
    what: 'The calibration has {count} point pairs.',
    mend: 'Give at least four, well spread over the ground.',
  },
  GROUND_COLLINEAR: {
    exit: 'site',
    what: 'The calibration points lie on one line{where}.',
    mend: 'Choose at least four points of which no three lie on a line, spread over the area you measure.',
  },
  GROUND_DEGENERATE: {
    exit: 'site',
    what: 'The calibration points do not describe a flat ground ({reason}).',
    mend: 'Check that each picture point is paired with its own place on the ground.',
  },
  GROUND_AREA_EMPTY: {
    exit: 'site',
    what: 'The area has no room for anybody: {reason}.',
    mend: 'Draw its outer ring larger than a point or a line, and its holes smaller than it.',
  },
  GROUND_AREA_INVALID: {
    exit: 'site',
    what: 'The area is not valid: {problem}.',
    mend: 'Draw an outer ring that does not cross itself, and holes inside it that do not overlap.',
  },

  PRIVACY_MASK_FAILED: {
    exit: 'site',
    what: 'The masks could not be applied: {reason}. Nothing is measured without them.',
    mend: 'Check the masks of the camera in the site file.',
  },

  MEASURE_BAD_WINDOW: {
    exit: 'usage',
    what: 'A window of {windowS} s cannot be measured.',
    mend: 'Give a window longer than 0 s.',
  },
  MEASURE_BAD_WIDTH: {
    exit: 'site',
    what: 'A gate {widthM} m wide cannot be measured.',
    mend: 'Give it two different ends.',
  },
  MEASURE_BAD_AREA: {
    exit: 'site',
    what: 'An area of {areaM2} m² has no density.',
    mend: 'Draw the zone larger than a point or a line.',
  },
  MEASURE_TIME_BACKWARDS: {
    exit: 'input',
    what: 'Frame {frame} comes after frame {last}.',
    mend: 'Put the frames in order of their numbers, each of them once.',
  },

  SITE_NOT_FOUND: { exit: 'site', what: 'No such site file: {path}.', mend: 'Check the path and its spelling.' },
  SITE_NOT_YAML: { exit: 'site', what: '{place}: {problem}.', mend: 'Correct the YAML there.' },
  SITE_INVALID: {
    exit: 'site',
    what: '{place}: {problem}.',
    mend: 'Correct the site file; docs/site-file.md says what it holds.',
  },
  SITE_NOT_WRITABLE: {
    exit: 'site',
    what: '{path} cannot be written: {reason}.',
    mend: 'Make room on the disk, and look at who may write there. The site is as it was.',
  },
  SITE_CHANGED_MEANWHILE: {
    exit: 'site',
    what: 'The site was changed meanwhile: this is about version {version}, and it is at {current}.',
    mend: 'Look at the site as it is now, and make the change again.',
  },
  SITE_CHANGED_BY_HAND: {
    exit: 'site',
    what: '{path} was changed by hand since it was read.',
    mend: 'Start again to use it, or put back what was there.',
  },
  SITE_NEW_SECRET: {
    exit: 'site',
    what: 'What takes a secret by its name cannot be written over the API: {text}.',
    mend: 'Write it into the site file by hand, and start again.',
  },
  SITE_RESTART_NEEDED: {
    exit: 'site',
    what: 'While a site runs, {what} cannot be changed.',
    mend: 'Stop it, change the site file, and start it again.',
  },
  SITE_NOTHING_TO_UNDO: {
    exit: 'site',
    what: 'There is no version of {path} before this one.',
    mend: 'Nothing to do.',
  },
  SITE_NO_CAMERA: {
    exit: 'site',
    what: '{path} has {count} cameras and the recording could be any of them.',
    mend: 'Say which with --camera ID, one of: {ids}.',
  },
  SITE_NO_SUCH_CAMERA: { exit: 'site', what: '{path} has no camera "{camera}".', mend: 'Choose one of: {ids}.' },
  SITE_NOTHING_TO_WATCH: {
    exit: 'site',
    what: '{path} has no camera with a source.',
    mend: 'Give its cameras a `source`; docs/live.md lists what it can be.',
  },

  OUTPUT_NOT_WRITABLE: {
    exit: 'output',
    what: 'The results cannot be written to {path}: {reason}.',
    mend: 'Choose a folder you may write to with --out.',
  },
  OUTPUT_DISK_FULL: {
    exit: 'output',
    what: 'The disk is full: {path} could not be written.',
    mend: 'Make room, or choose another folder with --out. Nothing half-written was left.',
  },

  VALIDATE_BAD_TRUTH: {
    exit: 'input',
    what: '{place}: {problem}.',
    mend: 'Correct the file; docs/validate.md says what it holds.',
  },
  VALIDATE_NOTHING_TO_COMPARE: {
    exit: 'usage',
    what: 'There is nothing to compare with.',
    mend: 'Give --truth MOT.txt, --counts counts.csv, or both.',
  },

  ...HUB_ERRORS,
} as const satisfies Record<string, ErrorEntry>;
