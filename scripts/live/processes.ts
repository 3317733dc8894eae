/** What the system says of processes. */
import { readdirSync, readFileSync } from 'node:fs';

/** Words of /proc/PID/stat after the name, which may hold blanks. */
const statOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

/** Process ids of the children of a process. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        return Number(statOf(child)[1]) === pid;
      } catch {
        // It ended meanwhile.
        return false;
      }
    });

/** Memory that a process holds, MiB; 0 when it has ended. */
export const residentMiB = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

const TICKS_PER_S = 100;

/** Time that a process has spent computing, s; 0 when it has ended. */
export const cpuS = (pid: number): number => {
  try {
    const words = statOf(pid);
    return (Number(words[11]) + Number(words[12])) / TICKS_PER_S;
  } catch {
    return 0;
  }
};
