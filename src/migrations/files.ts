// The migrations folder: which files are migrations, their checksums, and which of them are one migration. Nothing is imported here.
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { MigrationError, type MigrationIssue } from '../errors.js'
import { compareKeys, type NamedVersion, parseName } from './version.js'

/** One migration as its files show it. */
export interface MigrationFile extends Omit<NamedVersion, 'part'> {
  /** The file, or the up part of a pair; absolute. */
  readonly path: string
  /** Relative to the working directory, for people. */
  readonly shown: string
  /** `001_users.down.sql`, where the parts are two files. */
  readonly downPath?: string
  /** `form:sha256` of the text with its line ends made one; a source and its compiled file cannot be compared, and are not. */
  readonly checksum: string
  readonly text: string
  readonly downText?: string
  /** The directory's place in the list: with `sortDirsSeparately` directories come one after the other. */
  readonly directory: number
}

export interface FilesRequest {
  readonly directories: readonly string[]
  /** With a dot: `.ts`. */
  readonly extensions: readonly string[]
  readonly sortDirsSeparately: boolean
}

export interface FilesFound {
  /** In the order in which they run. */
  readonly files: readonly MigrationFile[]
  readonly issues: readonly MigrationIssue[]
}

const never = /^[._]|\.d\.[mc]?ts$|\.(test|spec)\.[mc]?[jt]s$/

/** Reads all files of the directories. @throws MIGRATION_NOT_FOUND where a directory does not exist */
export async function findFiles(request: FilesRequest): Promise<FilesFound> {
  const issues: MigrationIssue[] = []
  const found: Found[] = []
  for (const [index, directory] of request.directories.entries())
    found.push(...(await readDirectory(directory, index, request.extensions, issues)))
  const files = merged(found, issues)
  const order = (a: MigrationFile, b: MigrationFile) =>
    (request.sortDirsSeparately ? a.directory - b.directory : 0) || compareKeys(a.key, b.key)
  files.sort(order)
  const first = new Map<string, MigrationFile>()
  for (const file of files) {
    const other = first.get(file.key)
    if (!other) {
      first.set(file.key, file)
      continue
    }
    issues.push({
      code: 'MIGRATION_DUPLICATE',
      severity: 'error',
      file: file.shown,
      message: `${file.shown} and ${other.shown} have the same version ${file.version}.`,
      hint: 'Two branches made one each: give the later one a new version (rename the file).',
    })
  }
  return { files, issues }
}

interface Found extends NamedVersion {
  readonly path: string
  readonly shown: string
  readonly text: string
  readonly directory: number
}

async function readDirectory(
  directory: string,
  index: number,
  extensions: readonly string[],
  issues: MigrationIssue[],
): Promise<readonly Found[]> {
  let names: readonly string[]
  try {
    names = (await readdir(directory, { withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new MigrationError(
      'MIGRATION_NOT_FOUND',
      code === 'ENOENT'
        ? `There is no migrations directory ${directory}.`
        : `The migrations directory ${directory} cannot be read (${code}).`,
      {
        cause,
        hint: '`lockstep migration:create <name>` makes it, with a first migration in it. Where it is elsewhere: migrations: { directory } in the configuration, or --directory.',
      },
    )
  }
  const wanted = names
    .filter((name) => !never.test(name) && extensions.some((extension) => name.endsWith(extension)))
    .sort()
  return wanted.flatMap((name): readonly Found[] => {
    const path = join(directory, name)
    const shown = relative(process.cwd(), path).replaceAll('\\', '/')
    const named = parseName(name)
    if ('problem' in named) {
      issues.push({
        code: 'MIGRATION_NAME',
        severity: 'warning',
        file: shown,
        message: `${shown} is no migration: ${named.problem}.`,
        hint: 'Rename it, begin its name with _ to have it ignored, or move it elsewhere.',
      })
      return []
    }
    // Many small files: a promise for each costs four times the reading.
    return [{ ...named, path, shown, text: readFileSync(path, 'utf8'), directory: index }]
  })
}

/** The two parts of an SQL migration become one, and so do a source and its compiled file beside it (the source counts). */
function merged(found: readonly Found[], issues: MigrationIssue[]): MigrationFile[] {
  const files: MigrationFile[] = []
  const stems = new Map<string, Found[]>()
  for (const file of found) {
    const stem = `${file.directory}/${file.stem}`
    stems.set(stem, [...(stems.get(stem) ?? []), file])
  }
  for (const group of stems.values()) {
    const sources = group.filter((file) => file.form === 'ts')
    const rest = sources.length > 0 ? group.filter((file) => file.form !== 'js') : group
    const down = rest.find((file) => file.part === 'down')
    const ups = rest.filter((file) => file !== down)
    if (ups.length === 0 && down) {
      issues.push({
        code: 'MIGRATION_SHAPE',
        severity: 'error',
        file: down.shown,
        message: `${down.shown} has no way up beside it.`,
        hint: `Add ${basename(down.path).replace('.down.', '.up.')}.`,
      })
      continue
    }
    for (const { part: _part, ...file } of ups)
      files.push({
        ...file,
        ...(down && file.form === 'sql' ? { downPath: down.path, downText: down.text } : {}),
        checksum: checksumOf(file.form, file.text, down && file.form === 'sql' ? down.text : ''),
      })
  }
  return files
}

/** Line ends, a byte order mark and blanks at the ends of lines say nothing. */
export function checksumOf(form: string, text: string, downText = ''): string {
  const plain = (one: string) =>
    one
      .replace(/^\uFEFF/, '')
      .replace(/[^\S\n]+$/gm, '')
      .trimEnd()
  return `${form}:${hash('sha256', `${plain(text)}\u0000${plain(downText)}`)}`
}

/** Whether two checksums speak of different texts: only those of one form can be compared. */
export const checksumsDiffer = (one: string, other: string): boolean =>
  one.split(':', 1)[0] === other.split(':', 1)[0] && one !== other
