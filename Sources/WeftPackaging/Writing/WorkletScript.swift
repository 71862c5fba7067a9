/// `worklet.js`: what an audio worklet imports, where nothing can be loaded later.
enum WorkletScript {
  static let fileName = "worklet.js"
  static let declarationsFileName = "worklet.d.ts"

  static func text(for app: AppModules) -> String {
    let text = IndexScript.text(for: app) { program, hasCalls, codecs in
      codecs.require("start", of: "here.js")
      return """
        /** Starts the program on the worklet's own thread. */
        export default function init(module, options) {
          return start({
            \(program),\(hasCalls ? "\n    calls: async () => calls," : "")
          }, module, options);
        }

        """
    }
    let calls = CallsScript.isNeeded(for: app) ? "import * as calls from \"./calls.js\";\n" : ""
    // What the engine lacks must be there before other scripts are run.
    return "\(IndexScript.firstLine)\nimport \"./scope.js\";\n\(calls)\(text.dropFirst(IndexScript.firstLine.count + 1))"
  }

  static let declarations = """
    import type { ThreadApp } from "./index.js";

    /**
     * Starts the program in an audio worklet, on its thread alone: every function is synchronous there.
     *
     * `module` is what the page has compiled of the single-threaded `.wasm`, and has passed in `processorOptions`.
     * `memory`: at most so many bytes. `onLog`: gets what Swift prints.
     */
    export default function init(module: WebAssembly.Module, options?: { memory?: number, onLog?: (line: string, threadName: string) => void }): Promise<ThreadApp>;

    """
}
