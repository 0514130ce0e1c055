import { foldSimple } from '../match/case.js'

/**
 * What folds to a letter and is neither it nor its capital: `K` (the Kelvin sign) to `k`. Source: Unicode 15.1, CaseFolding.txt, statuses C
 * and S; a test goes through all code points.
 */
const unusual: ReadonlyMap<string, string> = new Map([
  ['\u006b', '\u212a'],
  ['\u0073', '\u017f'],
  ['\u03bc', '\u00b5'],
  ['\u00e5', '\u212b'],
  ['\u00df', '\u1e9e'],
  ['\u01c6', '\u01c5'],
  ['\u01c9', '\u01c8'],
  ['\u01cc', '\u01cb'],
  ['\u01f3', '\u01f2'],
  ['\u03b9', '\u0345\u1fbe'],
  ['\u0390', '\u1fd3'],
  ['\u03b2', '\u03d0'],
  ['\u03b5', '\u03f5'],
  ['\u03b8', '\u03d1\u03f4'],
  ['\u03ba', '\u03f0'],
  ['\u03c0', '\u03d6'],
  ['\u03c1', '\u03f1'],
  ['\u03c3', '\u03c2'],
  ['\u03c6', '\u03d5'],
  ['\u03c9', '\u2126'],
  ['\u03b0', '\u1fe3'],
  ['\u0432', '\u1c80'],
  ['\u0434', '\u1c81'],
  ['\u043e', '\u1c82'],
  ['\u0441', '\u1c83'],
  ['\u0442', '\u1c84\u1c85'],
  ['\u044a', '\u1c86'],
  ['\u0463', '\u1c87'],
  ['\ua64b', '\u1c88'],
  ['\u1e61', '\u1e9b'],
  ['\u1f80', '\u1f88'],
  ['\u1f81', '\u1f89'],
  ['\u1f82', '\u1f8a'],
  ['\u1f83', '\u1f8b'],
  ['\u1f84', '\u1f8c'],
  ['\u1f85', '\u1f8d'],
  ['\u1f86', '\u1f8e'],
  ['\u1f87', '\u1f8f'],
  ['\u1f90', '\u1f98'],
  ['\u1f91', '\u1f99'],
  ['\u1f92', '\u1f9a'],
  ['\u1f93', '\u1f9b'],
  ['\u1f94', '\u1f9c'],
  ['\u1f95', '\u1f9d'],
  ['\u1f96', '\u1f9e'],
  ['\u1f97', '\u1f9f'],
  ['\u1fa0', '\u1fa8'],
  ['\u1fa1', '\u1fa9'],
  ['\u1fa2', '\u1faa'],
  ['\u1fa3', '\u1fab'],
  ['\u1fa4', '\u1fac'],
  ['\u1fa5', '\u1fad'],
  ['\u1fa6', '\u1fae'],
  ['\u1fa7', '\u1faf'],
  ['\u1fb3', '\u1fbc'],
  ['\u1fc3', '\u1fcc'],
  ['\u1ff3', '\u1ffc'],
  ['\ufb06', '\ufb05'],
])

/** Every code point that folds to this one, which is folded itself. */
export function caseVariants(code: number): readonly number[] {
  const letter = String.fromCodePoint(code)
  const candidates = [
    letter,
    ...Array.from(letter.toUpperCase()),
    ...Array.from(letter.toUpperCase().toLowerCase()),
    ...(unusual.get(letter) ?? ''),
  ]
  return [...new Set(candidates)]
    .filter((candidate) => foldSimple(candidate) === letter)
    .map((candidate) => candidate.codePointAt(0) as number)
}
