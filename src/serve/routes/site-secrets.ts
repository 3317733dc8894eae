/**
 * Secrets of a site file on their way out and in. They go in, never out: whoever reads the file is shown a mask, and a
 * mask that comes back unchanged, in the place where it was shown, stands for what is there.
 *
 * What is written as `${NAME}` is no secret: the file does not hold it.
 */
import * as z from 'zod';

/** Where secrets can be in a site file; the rest is as it is. */
const formSchema = z.looseObject({
  cameras: z.array(z.looseObject({ id: z.string(), source: z.string().optional() })).optional(),
  notify: z
    .record(
      z.string(),
      z.looseObject({
        webhook: z.string().optional(),
        secret: z.string().optional(),
        mqtt: z.string().optional(),
        email: z.looseObject({ smtp: z.string() }).optional(),
      }),
    )
    .optional(),
});

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)(.*)@/is;
const SECRET_VALUE =
  /([/?&;][^=&#;/?]*(?:token|key|pass|pwd|auth|secret|sig|credential|user|login|session)[^=&#;/?]*=)([^&#;/?]*)/gi;
const BEHIND_HOST = /^(https?:\/\/[^/?#]+)[/?#].+$/is;
const PLACEHOLDER = /^\$\{\w+\}$/;
/** As long as a webhook's secret has to be. */
const HIDDEN = '(a secret, as it was)';
/** In what is shown, and in nothing that is meant. */
const MASK = '…';

const areNamed = (text: string): boolean => text.split(':').every((part) => part === '' || PLACEHOLDER.test(part));

const withoutUser = (url: string): string =>
  url.replace(USER_INFO, (whole, scheme: string, user: string) => (areNamed(user) ? whole : `${scheme}${MASK}@`));

const maskUrl = (url: string): string =>
  withoutUser(url).replaceAll(SECRET_VALUE, (whole, name: string, value: string) =>
    areNamed(value) ? whole : `${name}${MASK}`,
  );

/** What follows the host is often the secret itself. */
const maskWebhook = (url: string): string =>
  url.includes('${') ? maskUrl(url) : withoutUser(url).replace(BEHIND_HOST, `$1/${MASK}`);

const maskSecret = (text: string): string => (PLACEHOLDER.test(text) ? text : HIDDEN);

const MASKS = { source: maskUrl, webhook: maskWebhook, secret: maskSecret, smtp: maskUrl, mqtt: maskUrl } as const;
type Field = keyof typeof MASKS;

/** Tells what stands in one place: its path for people, its place by names, and what is there. */
type Change = (place: { readonly path: string; readonly key: string; readonly field: Field }, text: string) => string;

/** A copy of a site file with every text changed that may hold a secret. */
const changed = (form: unknown, change: Change): unknown => {
  const { cameras, notify, ...rest } = formSchema.parse(form);
  const at = (path: string, key: string, field: Field, text: string | undefined) =>
    text === undefined ? {} : { [field]: change({ path: `${path}.${field}`, key: `${key}/${field}`, field }, text) };
  return {
    ...rest,
    ...(cameras && {
      cameras: cameras.map((camera, i) =>
        Object.assign({}, camera, at(`cameras[${i}]`, `camera/${camera.id}`, 'source', camera.source)),
      ),
    }),
    ...(notify && {
      notify: Object.fromEntries(
        Object.entries(notify).map(([name, told]) => {
          const [path, key] = [`notify.${name}`, `notify/${name}`];
          const email = told.email && {
            email: { ...told.email, ...at(`${path}.email`, key, 'smtp', told.email.smtp) },
          };
          const own = (['webhook', 'secret', 'mqtt'] as const).map((field) => at(path, key, field, told[field]));
          return [name, Object.assign({}, told, ...own, email)];
        }),
      ),
    }),
  };
};

/** A site file as it may be shown. */
export const withoutSecrets = (form: unknown): unknown => changed(form, ({ field }, text) => MASKS[field](text));

/**
 * A site file as it is meant: with the secrets of the present one where their masks came back.
 *
 * @throws ZodError for a mask of something that is not there
 */
export const withSecretsOf = (form: unknown, present: unknown): unknown => {
  const shown = new Map<string, { readonly mask: string; readonly text: string }>();
  changed(present, ({ key, field }, text) => {
    shown.set(key, { mask: MASKS[field](text), text });
    return text;
  });
  return changed(form, ({ path, key }, text) => {
    const known = shown.get(key);
    if (known && text === known.mask) return known.text;
    if (!text.includes(MASK) && text !== HIDDEN) return text;
    const message = 'what is hidden here is not known; write it out';
    throw new z.ZodError([{ code: 'custom', path: ['body', path], message, input: undefined }]);
  });
};
