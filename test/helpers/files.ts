import { watch } from 'node:fs/promises';

/** Resolves when something called `name` appears in `folder`. Call it before starting what will make it. */
export const appearanceOf = async (folder: string, name: string): Promise<void> => {
  for await (const { filename } of watch(folder)) if (filename === name) return;
};
