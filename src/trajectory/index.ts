export { isTrajectoryFile } from './content.ts';
export { openTrajectories, type TrajectoryOptions } from './open.ts';
export type { TrajectoryRecording } from './recording.ts';
