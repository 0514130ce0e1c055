declare module 'pbac' {
  /** The part of pbac's interface that is used here; the package has no types. */
  class PBAC {
    constructor(policies: object, options?: { readonly validateSchema?: boolean; readonly validatePolicies?: boolean })
    evaluate(request: {
      readonly action: string
      readonly resource: string
      readonly principal?: object
      readonly context?: object
    }): boolean
  }
  export = PBAC
}
