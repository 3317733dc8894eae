/** The words that differ between a camera's recording and a trajectory file. */
import type { ReportData, ReportKind } from './report-data.ts';

/** What a report is about, in words. */
export interface Subject {
  readonly source: string;
  readonly sourceTitle: string;
  /** Where everybody is. */
  readonly inView: string;
  readonly inViewTitle: string;
  /** The zone `view`, as a name and as what it holds. */
  readonly wholeView: string;
  readonly everybody: string;
  readonly firstFrame: string;
  readonly undated: string;
  readonly undatedRemedy: string;
  /** What a window's coverage is about. */
  readonly measuredShare: string;
  /** Why a place on the map may be unknown. */
  readonly unseen: string;
  readonly unseenGate: string;
  /** How those count who stay about a gate. */
  readonly lingering: string;
  /** What the standard errors hold and leave out. */
  readonly errorWords: string;
  /** What no recording of this kind tells. */
  readonly neverKnown: string;
  readonly validated: boolean;
}

const SUBJECTS: Readonly<Record<ReportKind, Subject>> = {
  camera: {
    source: 'recording',
    sourceTitle: 'Recording',
    inView: 'in view',
    inViewTitle: 'In view',
    wholeView: 'whole view',
    everybody: 'all that the camera sees',
    firstFrame: 'first picture',
    undated: 'the recording does not say when it was made',
    undatedRemedy:
      'The recording does not say when it was made. Times count from its first picture; startTime in the site file sets them right.',
    measuredShare: 'pictures that could be measured',
    unseen: 'the camera does not see the ground there',
    unseenGate: 'The camera does not see this gate.',
    lingering: 'Whoever lingers on the line or steps back is counted once, or not at all.',
    errorWords:
      'It allows for people whom the detector misses or makes up, as far as that is known of it; how it is with this camera, a hand count tells',
    neverKnown:
      'What no recording tells: people hidden behind others or behind things for as long as they are in view, and whatever lies outside the picture. How far the counts of this camera are off can be found by counting a few minutes by hand',
    validated: true,
  },
  trajectories: {
    source: 'trajectory file',
    sourceTitle: 'Trajectory file',
    inView: 'in the area',
    inViewTitle: 'In the area',
    wholeView: 'whole area',
    everybody: 'everybody in the file',
    firstFrame: 'first frame',
    undated: 'the file does not say when it was recorded',
    undatedRemedy: 'The file does not say when it was recorded. Times count from its first frame.',
    measuredShare: 'frames in the file',
    unseen: 'it lies outside the area that is measured',
    unseenGate: 'This gate could not be measured.',
    lingering: 'Each person counts once, in the direction of their first crossing.',
    errorWords:
      'It is about how much the figures swing. It does not cover errors of the file itself, such as people who are missing from it',
    neverKnown: 'What no trajectory file tells: who is missing from it, and how far its positions are off',
    validated: false,
  },
};

/** The words for a report. */
export const subjectOf = ({ kind }: Pick<ReportData, 'kind'>): Subject => SUBJECTS[kind];
