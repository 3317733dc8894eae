import { Command } from 'commander';
import { findModel, listModels, type ModelFile, readModel } from '../detect/index.ts';

const classesOf = ({ manifest }: ModelFile): string =>
  [...new Set(manifest.classes.map((entry) => entry.class))].join(', ');

const describe = (model: ModelFile, isDefault: boolean): string => {
  const { name, input, licence, source, sha256 } = model.manifest;
  return [
    `${name}${isDefault ? '  (default)' : ''}`,
    `  file     ${model.path}`,
    `  sees     ${classesOf(model)}`,
    `  input    ${input.width} × ${input.height}, ${input.fit}`,
    `  licence  ${licence}`,
    `  source   ${source}`,
    `  sha-256  ${sha256}`,
  ].join('\n');
};

const list = async (): Promise<void> => {
  const models = await listModels();
  process.stdout.write(`${models.map((model, i) => describe(model, i === 0)).join('\n\n')}\n`);
};

/** Reads every byte: a model that is not what its manifest says ends this with an error. */
const verify = async (paths: readonly string[]): Promise<void> => {
  const models = paths.length > 0 ? await Promise.all(paths.map((path) => findModel(path))) : await listModels();
  for (const model of models) {
    await readModel(model);
    process.stdout.write(`ok  ${model.manifest.name}  ${model.path}\n`);
  }
};

/** `starling models`: which models there are, and whether their files are what they claim to be. */
export const modelsCommand = (): Command => {
  const command = new Command('models').description('the models that find people and vehicles');
  command.command('list').description('name, classes, licence and origin of each bundled model').action(list);
  command
    .command('verify')
    .description('compare model files with the SHA-256 in their manifests')
    .argument('[path...]', 'models with a manifest beside them; the bundled ones unless given')
    .action(verify);
  return command;
};
