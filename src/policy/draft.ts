/**
 * An object that is being put together. Absent members are left out by assigning the others one by one: a spread for each member that may
 * be absent costs V8 a microsecond an object.
 */
export type Draft<Value> = { -readonly [Name in keyof Value]: Value[Name] }
