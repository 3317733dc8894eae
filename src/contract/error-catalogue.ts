/**
 * Every error that Starling can report: a code that never changes, what happened and to what, and how to mend it.
 * `docs/errors.md` is generated from this table.
 */
/** Exit codes of the command line, by kind of trouble. */
export const EXIT_CODES = {
  /** A fault of Starling's own. */
  internal: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The recording or another input cannot be used. */
  input: 3,
  /** The site file cannot be used. */
  site: 4,
  /** The model cannot be used. */
  model: 5,
  /** The results cannot be written. */
  output: 6,
  /** The ledger of a live site cannot be used. */
  store: 7,
  /** Stopped by the user; what was measured so far is kept, marked incomplete. */
  interrupted: 130,
} as const;

/** One entry of the catalogue. */
export interface ErrorEntry {
  readonly exit: keyof typeof EXIT_CODES;
  /** What happened, to what; `{name}` is filled in. */
  readonly what: string;
  /** How to mend it. */
  readonly mend: string;
}

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

  STORE_IN_USE: {
    exit: 'store',
    what: 'The ledger {path} is in use by another process.',
    mend: 'Stop the other `starling run` first, or choose another folder with --data.',
  },
  STORE_NOT_FOUND: {
    exit: 'store',
    what: 'There is no ledger at {path}.',
    mend: 'Give the folder that `starling run --data` was given.',
  },
  STORE_NOT_WRITABLE: {
    exit: 'store',
    what: 'The ledger {path} cannot be written: {reason}.',
    mend: 'Make room or give permission. Until then the sensors keep what is not stored, on disk if they can.',
  },
  STORE_NOT_READABLE: {
    exit: 'store',
    what: 'The ledger {path} cannot be read: {reason}.',
    mend: 'Check the disk, and that you may read the file and write to its folder, where SQLite keeps its log.',
  },
  STORE_CORRUPT: {
    exit: 'store',
    what: 'The ledger {path} is damaged: {reason}.',
    mend: 'Run `starling store check`. The damaged file is kept beside the new one; a backup can be put in its place.',
  },
  STORE_TOO_NEW: {
    exit: 'store',
    what: 'The ledger {path} was written by a newer Starling (version {found}; this one knows {known}).',
    mend: 'Run the newer Starling, or choose another folder with --data.',
  },
  STORE_BACKUP_FAILED: {
    exit: 'output',
    what: 'The copy {path} cannot be written: {reason}.',
    mend: 'Choose another place with --to. Nothing half-written was left, and the ledger is as it was.',
  },
  STORE_BAD_QUERY: {
    exit: 'usage',
    what: 'The ledger cannot be asked for that: {problem}.',
    mend: 'Ask for a period whose end is after its beginning, in steps that give fewer rows.',
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

  BOOK_IN_USE: {
    exit: 'store',
    what: '{path} is in use by another process.',
    mend: 'Stop the other one, or give this one another --data folder.',
  },
  BOOK_NOT_WRITABLE: {
    exit: 'store',
    what: '{path} cannot be written: {reason}.',
    mend: 'Make room on the disk, and look at who may write there.',
  },
  BOOK_CORRUPT: {
    exit: 'store',
    what: '{path} cannot be used: {reason}.',
    mend: 'Put a backup in its place, or move it away: a new one is begun, without what was in it.',
  },
  BOOK_TOO_NEW: {
    exit: 'store',
    what: '{path} was written by a newer Starling: its version is {found}, and this one knows {known}.',
    mend: 'Use that version or a newer one.',
  },

  SERVE_PORT_TAKEN: {
    exit: 'usage',
    what: 'Port {port} of {host} cannot be listened on: {reason}.',
    mend: 'Choose another with --port, or stop what is using it.',
  },

  SERVE_NO_SUCH_HOST: {
    exit: 'usage',
    what: '{host} is no address of this machine: {reason}.',
    mend: 'Give --host an address that this machine has, such as 127.0.0.1, or 0.0.0.0 for all of them.',
  },

  SERVE_NOT_SIGNED_IN: {
    exit: 'usage',
    what: 'Nobody is signed in.',
    mend: 'Sign in. A program sends a token that is whole and has not expired: `Authorization: Bearer stl_…`.',
  },
  SERVE_FORBIDDEN: {
    exit: 'usage',
    what: '{name} may not do that: it takes the permission "{permission}".',
    mend: 'Ask an administrator for a role that has it, or use a token with that scope.',
  },
  SERVE_PERSON_ONLY: {
    exit: 'usage',
    what: 'A token cannot do that, whatever its scopes.',
    mend: 'Sign in with a name and a password: rights are given and taken by people.',
  },
  SERVE_CROSS_ORIGIN: {
    exit: 'usage',
    what: 'The request comes from the page of another site, or does not say from where.',
    mend: "Use the hub's own pages. A program sends a token instead of a cookie. A proxy must pass the Host header on.",
  },
  SERVE_BAD_PASSWORD: {
    exit: 'usage',
    what: 'The name or the password is wrong.',
    mend: 'Try again. An administrator can give a link with which a new password is set.',
  },
  SERVE_THROTTLED: {
    exit: 'usage',
    what: 'There were too many attempts to sign in.',
    mend: 'Wait {waitS} s. A browser in which you have signed in before has to wait for its own attempts only.',
  },
  SERVE_WEAK_PASSWORD: {
    exit: 'usage',
    what: 'The password cannot be taken: {problem}.',
    mend: 'Choose another, such as four words that have nothing to do with each other.',
  },
  SERVE_LINK_USED: {
    exit: 'usage',
    what: 'The link does not hold any more: it was used, another was given in its place, or its time is over.',
    mend: 'Ask an administrator for a new one. Where there is none yet, start the hub again: it prints one.',
  },
  SERVE_BAD_NAME: {
    exit: 'usage',
    what: '"{name}" cannot be the name of a user: {problem}.',
    mend: 'Use 1 to 64 letters, digits, spaces and . _ - + @ |, beginning with a letter or a digit.',
  },
  SERVE_NAME_TAKEN: {
    exit: 'usage',
    what: 'There is a user "{name}" already.',
    mend: 'Choose another name. A name is never given to a second person, so that the audit log stays true.',
  },
  SERVE_NO_SUCH_USER: { exit: 'usage', what: 'There is no user "{name}".', mend: 'See the list of users.' },
  SERVE_LAST_ADMINISTRATOR: {
    exit: 'usage',
    what: '{name} is the last administrator.',
    mend: 'Make somebody else an administrator first.',
  },
  SERVE_OF_PROVIDER: {
    exit: 'usage',
    what: "{name} signs in at the OpenID provider, which says what {name}'s role is, and has no password here.",
    mend: 'Change it at the provider. Here the user can be disabled.',
  },
  SERVE_NO_SUCH_TOKEN: { exit: 'usage', what: 'There is no token {id}.', mend: 'See the list of tokens.' },
  SERVE_TOKEN_REFUSED: {
    exit: 'usage',
    what: 'The token cannot be made: {problem}.',
    mend: 'Ask for scopes that your own role has, and for at most a year.',
  },
  SERVE_OPENID_OFF: {
    exit: 'usage',
    what: 'This hub signs nobody in by OpenID Connect.',
    mend: 'Sign in with a name and a password, or have a provider set up.',
  },
  SERVE_OPENID_FAILED: {
    exit: 'usage',
    what: 'Signing in by OpenID Connect failed: {reason}.',
    mend: 'Begin again from the sign-in page. If it goes on, check issuer, client and clocks.',
  },
  SERVE_OPENID_NO_ROLE: {
    exit: 'usage',
    what: 'The provider knows {name}, but gives no role here.',
    mend: 'Have the provider put one of the mapped values in its claim "{claim}".',
  },

  AUDIT_NOT_FOUND: {
    exit: 'store',
    what: 'There is no audit log at {path}.',
    mend: 'Give the folder that `starling run --data` was given.',
  },
  AUDIT_NOT_READABLE: {
    exit: 'store',
    what: 'The audit log {path} cannot be read: {reason}.',
    mend: 'Check the disk, and that you may read the file and write to its folder, where SQLite keeps its log.',
  },
  AUDIT_NOT_WRITABLE: {
    exit: 'store',
    what: 'The audit log {path} cannot be written: {reason}.',
    mend: 'Make room or give permission. Until then entries are kept in memory; what is lost is itself recorded.',
  },
  AUDIT_BROKEN: {
    exit: 'store',
    what: 'The audit log {path} is not whole: {problem}.',
    mend: 'Keep the files as they are, and compare them with a backup: on either side of that place entries may be changed.',
  },

  SERVE_BAD_INPUT: {
    exit: 'usage',
    what: 'What was asked is not understood: {problem}.',
    mend: 'Correct it; /api/openapi.json says what every route takes.',
  },
  SERVE_NO_SUCH_ROUTE: {
    exit: 'usage',
    what: 'There is nothing at this address.',
    mend: 'Look at its spelling; /api/openapi.json lists the routes.',
  },
  SERVE_NO_SUCH_METHOD: {
    exit: 'usage',
    what: 'This address does not take {method}.',
    mend: 'Use one of: {methods}.',
  },
  SERVE_NO_SUCH_THING: { exit: 'usage', what: 'There is no {kind} "{id}".', mend: 'Look at the list of them.' },
  SERVE_WRONG_HOST: {
    exit: 'usage',
    what: 'This server is not called so: the request is for another host.',
    mend: 'Use the address that it listens on, or name the host in its settings.',
  },
  SERVE_TOO_LARGE: {
    exit: 'usage',
    what: 'The request is too large: {part} has more than {most}.',
    mend: 'Send less.',
  },
  SERVE_WRONG_MEDIA: {
    exit: 'usage',
    what: 'The body is not of a kind that is read here.',
    mend: 'Send JSON, with content-type: application/json.',
  },
  SERVE_VERSION_MISSING: {
    exit: 'usage',
    what: 'A change says which version it is about, and this one does not.',
    mend: 'Send the ETag of the site file that was changed as If-Match.',
  },
  SERVE_TOO_OFTEN: {
    exit: 'usage',
    what: 'This address asks too often.',
    mend: 'Wait for {seconds} s, and ask less often.',
  },
  SERVE_TOO_SLOW: {
    exit: 'usage',
    what: 'The request did not arrive in time.',
    mend: 'Send it in one go; look at the network.',
  },
  SERVE_NOT_HTTP: { exit: 'usage', what: 'This is not HTTP that can be read.', mend: 'Look at what sent it.' },
  SERVE_BUSY: {
    exit: 'usage',
    what: 'Too many {what} are open: {most} at once.',
    mend: 'Close one, or try again in a while.',
  },
  SERVE_NOTHING_YET: {
    exit: 'usage',
    what: 'Nothing has been measured yet.',
    mend: 'Try again in a second; /healthz says how the cameras are.',
  },
  SERVE_BAD_CERTIFICATE: {
    exit: 'usage',
    what: 'The certificate {certificate} or its key {key} cannot be used: {reason}.',
    mend: 'Give both as PEM files that belong together, readable by Starling.',
  },

  ALERT_NOT_FOUND: {
    exit: 'usage',
    what: 'There is no alert {id}.',
    mend: 'See the list of alerts; what ended longer ago than the log is kept is gone.',
  },
  ALERT_NOT_OPEN: {
    exit: 'usage',
    what: 'The alert {id} cannot be acknowledged: it is {state}.',
    mend: 'Only an alert that is raised can be; a note can be added to any.',
  },
  ALERT_NO_SUCH_RULE: {
    exit: 'usage',
    what: 'There is no rule "{rule}", or it is switched off.',
    mend: 'See the list of rules.',
  },
  ALERT_BAD_SUPPRESSION: {
    exit: 'usage',
    what: 'The rule {rule} cannot be suppressed: {problem}.',
    mend: 'Give an end within the next 31 days, and a reason; a rule that is not wanted is switched off in the site file.',
  },
  ALERT_BAD_NOTE: {
    exit: 'usage',
    what: 'The note on the alert {id} cannot be taken: {problem}.',
    mend: 'Write 1 to 2000 characters; an alert takes 200 notes.',
  },
  ALERT_BAD_RULE: {
    exit: 'site',
    what: 'The condition is not understood at {place}:{excerpt} {problem}.',
    mend: 'Correct it there; docs/alerts-grammar.md says what can be written.',
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
} as const satisfies Record<string, ErrorEntry>;
