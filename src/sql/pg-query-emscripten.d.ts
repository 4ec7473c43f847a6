// The package ships no types; what the parser uses is declared where it is used.
declare module 'pg-query-emscripten' {
  const factory: () => Promise<unknown>
  export default factory
}
