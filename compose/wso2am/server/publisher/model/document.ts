import { z } from 'zod';

/** What a document of an API is about, and where its content is (`Document` of the published definitions). */
const TYPES = [
  'HOWTO',
  'SAMPLES',
  'PUBLIC_FORUM',
  'SUPPORT_FORUM',
  'API_MESSAGE_FORMAT',
  'SWAGGER_DOC',
  'OTHER',
] as const;
const SOURCES = ['INLINE', 'MARKDOWN', 'URL', 'FILE'] as const;
const VISIBILITIES = ['OWNER_ONLY', 'PRIVATE', 'API_LEVEL'] as const;

const text = z.string().max(32_768).nullish();

/** What a client says about a document. */
export const documentFields = z
  .object({
    // The product refuses these characters in the names of documents, which are parts of registry paths there.
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/^[^~!@#;:%^*()+={}|<>"',[\]&/\\$]+$/),
    type: z.enum(TYPES),
    sourceType: z.enum(SOURCES),
    visibility: z.enum(VISIBILITIES),
    summary: text,
    sourceUrl: text,
    otherTypeName: text,
  })
  .refine(({ type, otherTypeName }) => type !== 'OTHER' || Boolean(otherTypeName?.trim()), {
    path: ['otherTypeName'],
    message: 'otherTypeName cannot be empty if type is OTHER.',
  })
  .refine(({ sourceType, sourceUrl }) => sourceType !== 'URL' || isWebAddress(sourceUrl), {
    path: ['sourceUrl'],
    message: 'Invalid document sourceUrl Format',
  });

const isWebAddress = (url: string | null | undefined): boolean =>
  URL.canParse(url ?? '') && /^https?:/i.test(url ?? '');

/** A document as the registry keeps it. */
export const storedDocument = z.object({
  ...documentFields.shape,
  id: z.uuid(),
  fileName: z.string().nullable(),
  createdBy: z.string(),
  createdTime: z.iso.datetime(),
  lastUpdatedBy: z.string(),
  lastUpdatedTime: z.iso.datetime(),
});

export type ApiDocumentation = z.infer<typeof storedDocument>;

/** A document as the Publisher shows it. */
export const documentBody = ({ id, ...document }: ApiDocumentation): object => ({
  documentId: id,
  ...document,
  summary: document.summary ?? null,
  sourceUrl: document.sourceUrl ?? null,
  otherTypeName: document.otherTypeName ?? null,
  inlineContent: null,
});
