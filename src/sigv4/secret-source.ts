/** Where the secrets of access keys are kept. They are never part of a snapshot, an error or a log. */
export interface SecretSource {
  /** None for a key that does not exist, one, or two while the key's secret is being rotated. */
  secretsFor(accessKey: string): readonly string[] | Promise<readonly string[]>
}
