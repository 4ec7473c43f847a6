// What the hook's client learns of a text before it is sent.
import type { TextInspector } from '../execute/hook-client.js'
import { loadParser } from '../sql/parser.js'
import { classify, createdObjects, splitScript } from '../sql/script.js'

export async function hookInspector(): Promise<TextInspector> {
  const parser = await loadParser()
  return {
    forbidden: (text) => {
      const found = splitScript(text, parser).find((statement) => classify(statement) !== 'ordinary')
      return found?.text.replace(/\s+/g, ' ').slice(0, 60)
    },
    created: (text) => splitScript(text, parser).flatMap((statement) => createdObjects(statement)),
  }
}
