// Whether there is a person to ask, and whether colours are wanted; the only place that looks at TTYs and at CI.

interface Surroundings {
  readonly stdin: { readonly isTTY?: boolean }
  readonly stderr: { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A terminal: stdin and stderr are TTYs and CI is not set (`CI=` and `CI=false` count as not set). */
export function isInteractive({ stdin, stderr, env }: Surroundings = process): boolean {
  const ci = env.CI !== undefined && !['', '0', 'false'].includes(env.CI.toLowerCase())
  return stdin.isTTY === true && stderr.isTTY === true && !ci
}

/** Colour where the stream is a terminal, unless NO_COLOR is set; FORCE_COLOR turns it on elsewhere too. */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY === true && env.TERM !== 'dumb'
}
