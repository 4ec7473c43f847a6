// The parser of arguments; the only importer of commander.
export { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
