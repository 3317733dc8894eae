export type { Frame, FrameArea } from './frame.ts';
export { openRecording } from './open.ts';
export type { Fit, ReadingAccount, Recording, RecordingInfo, RecordingOptions } from './recording.ts';
