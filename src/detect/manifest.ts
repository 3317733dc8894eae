/**
 * The model manifest: what a model file is, what it takes, what it gives, and which of its classes are read.
 *
 * The classes are an allow-list from the contract. A manifest cannot ask for another one: there is no place for a
 * face, an age or a number plate, and tests hold that.
 */
import { z } from 'zod';
import { DETECTION_SHARES, OBJECT_CLASSES, type ObjectClass, StarlingError } from '../contract/index.ts';

const perChannel = z.tuple([z.number(), z.number(), z.number()]);

const inputSchema = z.strictObject({
  /** Name of the model's input. */
  name: z.string().min(1),
  width: z.int().positive(),
  height: z.int().positive(),
  layout: z.enum(['NHWC', 'NCHW']),
  channelOrder: z.enum(['BGR', 'RGB']),
  dtype: z.enum(['uint8', 'float32']),
  /** Subtracted and divided by, in channel order; null where the model takes bytes as they are. */
  normalisation: z.strictObject({ mean: perChannel, deviation: perChannel }).nullable(),
  fit: z.enum(['stretch', 'letterbox']),
  /** Grey level around a letterboxed picture. */
  padValue: z.int().min(0).max(255),
});

/** How well the model finds people, where somebody measured it. */
const qualitySchema = z.strictObject({
  ...DETECTION_SHARES,
  /** On what, and how many true boxes of people it holds. */
  data: z.string().min(1),
  boxes: z.int().positive(),
  /** From which score on, with which overlap, after which tracking. */
  method: z.string().min(1),
});

const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** File beside the manifest. */
  file: z.string().regex(/^[^/\\]+$/, 'should be the name of a file beside the manifest'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'should be 64 hexadecimal digits'),
  licence: z.string().min(1),
  source: z.string().min(1),
  input: inputSchema,
  /** The model's class columns (or labels) that are read, each as one class of the allow-list. */
  classes: z.array(z.strictObject({ index: z.int().min(0).max(65535), class: z.string() })).min(1),
  /** Without it, the model's errors are in no standard error unless the site has validated it. */
  quality: qualitySchema.optional(),
  /** Anything a reader should know. */
  note: z.string().optional(),
};

const strides = z.array(z.int().positive()).min(1);

const manifestSchema = z.discriminatedUnion('decoder', [
  z.strictObject({
    ...common,
    decoder: z.literal('nanodet'),
    outputs: z.strictObject({ cells: z.string() }),
    strides,
    /** Class columns in each row. */
    scores: z.int().positive(),
    /** Distance columns for each of the four sides. */
    bins: z.int().positive(),
  }),
  z.strictObject({ ...common, decoder: z.literal('yolox'), outputs: z.strictObject({ cells: z.string() }), strides }),
  z.strictObject({
    ...common,
    decoder: z.literal('rtmdet'),
    outputs: z.strictObject({ boxes: z.string(), labels: z.string() }),
  }),
  z.strictObject({
    ...common,
    decoder: z.literal('ssd'),
    outputs: z.strictObject({ boxes: z.string(), scores: z.string() }),
  }),
]);

type Written = z.infer<typeof manifestSchema>;
type Allowed<M> = M extends unknown ? Omit<M, 'classes'> & { readonly classes: readonly ClassEntry[] } : never;

/** A class column of a model, and what it is read as. */
export interface ClassEntry {
  readonly index: number;
  readonly class: ObjectClass;
}

/** A manifest whose classes are all on the allow-list. */
export type ModelManifest = Allowed<Written>;

/** A manifest for one decoder. */
export type ManifestOf<Name extends ModelManifest['decoder']> = Extract<ModelManifest, { decoder: Name }>;

function allowedClass(name: string, where: string): ObjectClass {
  const allowed = OBJECT_CLASSES.find((known) => known === name);
  if (!allowed) {
    throw new StarlingError('DETECT_CLASS_NOT_ALLOWED', {
      manifest: where,
      class: name,
      allowed: OBJECT_CLASSES.join(', '),
    });
  }
  return allowed;
}

function invalid(where: string, error: z.ZodError): StarlingError {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  const problem = `${place ? `${place}: ` : ''}${issue?.message ?? 'it is not a manifest'}`;
  return new StarlingError('DETECT_MANIFEST_INVALID', { manifest: where, problem });
}

/**
 * Checks one manifest.
 *
 * @param value the parsed JSON
 * @param where path of the manifest, for messages
 * @throws DETECT_MANIFEST_INVALID, DETECT_CLASS_NOT_ALLOWED
 */
export function parseManifest(value: unknown, where: string): ModelManifest {
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw invalid(where, parsed.error);
  const classes = parsed.data.classes.map((entry) => ({
    index: entry.index,
    class: allowedClass(entry.class, where),
  }));
  return { ...parsed.data, classes };
}

const catalogueSchema = z.strictObject({ models: z.array(z.unknown()).min(1) });

/**
 * Checks a manifest of several models, the default first.
 *
 * @param value the parsed JSON
 * @param where path of the manifest, for messages
 * @throws DETECT_MANIFEST_INVALID, DETECT_CLASS_NOT_ALLOWED
 */
export function parseCatalogue(value: unknown, where: string): readonly ModelManifest[] {
  const parsed = catalogueSchema.safeParse(value);
  if (!parsed.success) throw invalid(where, parsed.error);
  return parsed.data.models.map((model) => parseManifest(model, where));
}
