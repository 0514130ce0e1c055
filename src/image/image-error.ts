/** What is wrong with an image: it is none, of another version, cut off, or damaged. */
export type ImageProblem = 'not-an-image' | 'other-version' | 'truncated' | 'damaged'

/** Thrown for bytes that are no image that this version can open. Make it again from the snapshot. */
export class ImageError extends Error {
  override readonly name = 'ImageError'

  constructor(
    readonly problem: ImageProblem,
    message: string,
  ) {
    super(message)
  }
}
