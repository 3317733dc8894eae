import type { ErrorEntry } from './error-entry.ts';

/** Errors of the hub of a live site: its ledger and books, its API, its rules. */
export const HUB_ERRORS = {
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
} as const satisfies Record<string, ErrorEntry>;
