/// `index.d.ts`: the types of what `index.js` exports, for TypeScript and for editors.
///
/// One script serves two kinds of callers, and TypeScript cannot know which of them imports it. On a page every function returns a
/// promise, as a page must not block; in a worker or in Node the caller is a thread of the pool, and functions return plain values.
/// So every function is declared twice, in `AsyncExports` and in `Exports`, and `init` is generic in the app that it makes. Promises
/// are the default: `await app.f(x)` is right for both kinds, and who wants the plain value where there is one writes
/// `init<ThreadApp>()`. The alternatives are worse: a result of `T | Promise<T>` would need a cast at every call in a worker, and a
/// second `init` would be one more name to choose between at run time, where there is nothing to choose.
enum Declarations {
  static func text(for app: AppModules) -> String {
    let declarations = app.declarations
    let page = TypeScriptTypes(isPage: true, app: app)
    let thread = TypeScriptTypes(isPage: false, app: app)
    let errors = Set(IndexScript.errorNames(in: app))
    return """
      // Written by weft; changes are lost with the next build.

      \(declarations.map { type(of: $0, thread: thread, page: page, isThrown: errors.contains($0.name)) }.joined())\
      /** The exported Swift functions as the threads of the app call them: in a worker, in Node, Deno or Bun. */
      export interface Exports {
      \(declarations.map { export($0, thread) }.joined())}

      /** The exported Swift functions as a page calls them: each runs on the threads of the app while the page stays responsive. */
      export interface AsyncExports {
      \(declarations.map { export($0, page) }.joined())}

      \(common(sharesMemory: app.exports { $0 == .sharedMemory }))

      """
  }

  /// The declarations of a type of the program's.
  private static func type(
    of declaration: ExportedDeclaration, thread: TypeScriptTypes, page: TypeScriptTypes, isThrown: Bool
  ) -> String {
    let name = declaration.name
    // A thrown value's name is that of the error class.
    let valueName = isThrown ? "\(name)Value" : name
    var text = ""
    switch declaration {
    case .function, .namespace: return ""
    case .structure(_, let doc, let fields):
      let lines = fields.map { "\(comment($0.doc, indent: 1))  \(property($0.name, $0.type, thread))\n" }
      text = "\(comment(doc))export interface \(valueName) {\n\(lines.joined())}\n\n"
    case .enumeration(_, let doc, let cases):
      let isPlain = cases.allSatisfy(\.payload.isEmpty)
      let lines = cases.map { item in
        let fields = item.fields.map { ", \(property($0.name, $0.type, thread).dropLast())" }.joined()
        let value = JavaScriptText.quoted(isPlain ? item.raw ?? item.name : item.name)
        return "\(comment(item.doc, indent: 1))  | \(isPlain ? value : "{ case: \(value)\(fields) }")\n"
      }
      text = "\(comment(doc))export type \(valueName) =\n\(lines.joined().dropLast());\n\n"
    case .classType(_, let doc, _, let members):
      for types in [thread, page] {
        let lines = members.filter { [.method, .get, .set].contains($0.kind) }.map { member($0, types, among: members) }
        text += """
          \(comment(doc))export interface \(types.handle(name)) extends Disposable {
          \(lines.joined())  /** Lets go of the object; the handle cannot be used any more. */
            dispose(): void;
          }


          """
      }
    }
    guard isThrown else { return text }
    return text + """
      /** An error that holds what Swift has thrown. */
      export class \(name) extends Error {
        private constructor();
        /** What Swift has thrown. */
        readonly value: \(valueName);
      }


      """
  }

  private static func property(_ name: String, _ type: BridgedType, _ types: TypeScriptTypes) -> String {
    if case .optional = type { return "\(name)?: \(types.field(type));" }
    return "\(name): \(types.field(type));"
  }

  /// What stands in the app for a declaration.
  private static func export(_ declaration: ExportedDeclaration, _ types: TypeScriptTypes) -> String {
    switch declaration {
    case .function(let function):
      return
        "\(comment(function.doc, indent: 1))  \(function.name)(\(parameters(of: function, types))): \(types.result(function.result));\n"
    case .structure, .enumeration: return ""
    case .namespace(let name, let doc, let members):
      let lines = members.map { member($0, types, among: members).indented }
      return "\(comment(doc, indent: 1))  readonly \(name): {\n\(lines.joined())  };\n"
    case .classType(let name, let doc, _, let members):
      let lines = members.filter { ![.method, .get, .set].contains($0.kind) }.map { function in
        guard function.kind == .initializer else { return member(function, types, among: members).indented }
        return "\(comment(function.doc, indent: 2))    new (\(parameters(of: function, types))): \(types.result(.named(name)));\n"
      }
      return "\(comment(doc, indent: 1))  readonly \(name): {\n\(lines.joined())    readonly prototype: \(types.handle(name));\n  };\n"
    }
  }

  private static func member(_ function: ExportedFunction, _ types: TypeScriptTypes, among members: [ExportedFunction]) -> String {
    let doc = comment(function.doc, indent: 1)
    let type = types.value(function.result)
    switch function.kind {
    case .get, .staticGet:
      let setter: ExportedFunction.Kind = function.kind == .get ? .set : .staticSet
      let isSettable = members.contains { $0.kind == setter && $0.name == function.name }
      if types.isPage { return "\(doc)  get \(function.name)(): Promise<\(type)>;\n" }
      return "\(doc)  \(isSettable ? "" : "readonly ")\(function.name): \(type);\n"
    case .set, .staticSet:
      guard types.isPage, let parameter = function.parameters.first else { return "" }
      // Older versions of TypeScript want to see the getter's type here as well.
      return "  set \(function.name)(value: \(types.parameter(parameter)) | Promise<\(types.value(parameter.type))>);\n"
    default:
      return "\(doc)  \(function.name)(\(parameters(of: function, types))): \(types.result(function.result));\n"
    }
  }

  private static func parameters(of function: ExportedFunction, _ types: TypeScriptTypes) -> String {
    let taken = function.parameters.filter { $0.type != .control }
    let required = (taken.lastIndex { $0.defaultValue == nil && !$0.type.isOptional } ?? -1) + 1
    var names: [String] = []
    for parameter in taken { names.append(ReservedNames.parameterName(parameter.name, after: names)) }
    var parameters = zip(names, taken).enumerated().map { index, parameter in
      let type = types.parameter(parameter.1)
      if index >= required { return "\(parameter.0)?: \(type)" }
      return "\(parameter.0): \(type)\(parameter.1.defaultValue == nil ? "" : " | undefined")"
    }
    if types.isPage { parameters.append("\(ReservedNames.parameterName("options", after: names))?: CallOptions") }
    return parameters.joined(separator: ", ")
  }

  private static func comment(_ doc: String?, indent: Int = 0) -> String {
    guard let doc else { return "" }
    let space = String(repeating: "  ", count: indent)
    let lines = doc.replacing("*/", with: "*\\/").split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1 else { return "\(space)/** \(lines[0]) */\n" }
    return "\(space)/**\n\(lines.map { $0.isEmpty ? "\(space) *\n" : "\(space) * \($0)\n" }.joined())\(space) */\n"
  }

  /// What is the same in every package, and what those have in common that take memory of JavaScript's.
  private static func common(sharesMemory: Bool) -> String {
    guard sharesMemory else { return common }
    let next = "  /** Ends all threads; calls"
    return common.replacing(next, with: shareMember + next) + sharedMemory
  }

  private static let shareMember = """
      /**
       * Hands a buffer of the page's own to Swift, for functions that take a `JSSharedMemory`. Resolves when every thread of the pool has
       * it: one that computes takes it when it has finished. Rejects with a `WeftError` (`isolation`) where memory cannot be shared.
       */
      share(buffer: SharedArrayBuffer): Promise<SharedMemory>;

    """

  private static let sharedMemory = """


    /** A buffer that Swift has got, too. The threads let go of it when neither JavaScript has this object nor Swift its own. */
    export interface SharedMemory {
      /** The buffer itself, to be used as ever: with typed arrays, `Atomics`, and in other workers. */
      readonly buffer: SharedArrayBuffer;
    }
    """

  private static let common = """
    /** A running program. */
    export interface App {
      /** The threads that compute, and those that the program has spawned. */
      readonly threads: Threads;
      /** What the app does: `fault`, `memory` and `start` are the reasons why it is over, as in `WeftError`. */
      readonly state: "running" | "terminating" | "terminated" | "fault" | "memory" | "start";
      /** Whether the memory is shared between threads. If not, buffers show what Swift wrote once the call is over. */
      readonly shared: boolean;
      /**
       * Allocates `count` elements in the program's memory, for functions that take a `SharedBuffer`: `app.alloc(Float64Array, 100)`.
       * The memory is freed by `dispose()`, by `using`, or when nobody has the array or another view of its buffer any more.
       */
      alloc<A extends NumberArray>(type: NumberArrayType<A>, count: number): SharedBuffer<A>;
      /** Ends all threads; calls that are not over yet reject. */
      terminate(): Promise<void>;
    }

    /** A program's threads. */
    export interface Threads {
      /** How many threads compute; 1 where memory cannot be shared. */
      readonly count: number;
      /**
       * Changes how many threads compute, from 1 to 1024, also while they do. Resolves when new threads have started and those that
       * are too many have finished what they were doing. Does nothing where memory cannot be shared.
       */
      resize(count: number): Promise<void>;
      /** What the started threads do now. A thread is `idle` when the pool has nothing for it, and `waiting` when another thread must do something first. */
      list(): Promise<{ name: string, state: "running" | "waiting" | "idle" }[]>;
      /**
       * Sends a value, a structured clone of it, to every thread, where the function `receive` of the app's `imports.js` gets it. Resolves
       * when the threads of the pool have it: a thread that computes takes it when it has nothing to do. Threads that start later do
       * not get it. Needs a program that imports something from `imports.js`, and shared memory.
       */
      send(value: unknown): Promise<void>;
    }

    /** The program as a page sees it: functions return promises. `await` on their results is right wherever the script runs. */
    export interface PageApp extends App, AsyncExports {}

    /** The program as a worker, Node, Deno or Bun sees it: functions return their results. */
    export interface ThreadApp extends App, Exports {}

    /** What `init` can be told. */
    export interface InitOptions {
      /** How many threads compute; as many as the machine has cores if not given. */
      threads?: number;
      /** How many bytes the program's memory may grow to. */
      memory?: number;
      /** How many bytes of stack each thread gets. */
      stackSize?: number;
      /**
       * Where the exported functions run when a page calls them: `workers`, on the threads of the pool, as many at once as there are; or
       * `page`, on the page itself, one after the other. There they see the document, and where they wait the page goes on, if the
       * engine can suspend WebAssembly (JSPI); otherwise `init` fails. While they compute the page stands still.
       */
      on?: "workers" | "page";
      /**
       * The module instead of the package's own file: its address, a response that brings it, or the module itself. The threaded one
       * where `supportsThreads().supported`, elsewhere the single-threaded one.
       */
      module?: string | URL | Response | WebAssembly.Module | Promise<string | URL | Response | WebAssembly.Module>;
      /** Where the package's `worker.js` is, if not beside the script. */
      workerUrl?: string | URL;
      /** Gets each line that Swift prints, and the name of the thread that prints it. Without it lines go to the console. */
      onLog?: (line: string, threadName: string) => void;
    }

    /** Whether the program can run on several threads here, and if not, why not. It runs in either case. */
    export function supportsThreads(): { supported: boolean, reason?: string };

    /**
     * Starts the program, on all cores if memory can be shared and on one thread if not.
     *
     * In a worker or in Node, write `init<ThreadApp>()` to have the functions typed as returning plain values, as they do there.
     */
    export default function init<A extends PageApp | ThreadApp = PageApp>(options?: InitOptions): Promise<A>;

    /** What a page may ask of one call. */
    export interface CallOptions {
      /** Rejects the promise when it is aborted. A Swift function that has a parameter of type `Cancellation` stops then, if memory is shared. */
      signal?: AbortSignal;
      /** Called now and then while the function runs, and at its end, if it has a parameter of type `ProgressCounter` and memory is shared. */
      onProgress?: (progress: { completed: number, total: number }) => void;
    }

    /** A typed array in the program's memory, which Swift and JavaScript both read and write without copying. */
    export type SharedBuffer<A extends NumberArray> = A & Disposable & {
      /** Gives the memory back; neither the array nor another view of it may be used any more. */
      dispose(): void;
    };

    declare global {
      // What TypeScript before 5.2 does not know.
      interface SymbolConstructor {
        readonly dispose: unique symbol;
      }
      interface Disposable {
        [Symbol.dispose](): void;
      }
    }

    /** What Weft itself throws. */
    export class WeftError extends Error {
      private constructor();
      /**
       * - `start`: a worker or the module could not be started,
       * - `memory`: the memory is exhausted, or the browser gives none of the asked size,
       * - `fault`: a thread stopped in an error of the program; the app is over, `init()` may be called again,
       * - `terminated`: the app was terminated,
       * - `isolation`: memory cannot be shared here.
       */
      readonly code: "start" | "memory" | "fault" | "terminated" | "isolation";
    }

    /** The arrays that hold Swift's number types. */
    export type NumberArray =
      | Int8Array
      | Int16Array
      | Int32Array
      | BigInt64Array
      | Uint8Array
      | Uint16Array
      | Uint32Array
      | BigUint64Array
      | Float32Array
      | Float64Array;

    /** The class of such arrays, such as `Float64Array`. */
    export interface NumberArrayType<A extends NumberArray> {
      readonly prototype: A;
      readonly BYTES_PER_ELEMENT: number;
    }
    """
}

extension String {
  /// One level further to the right.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: true).map { "  \($0)\n" }.joined()
  }
}

extension BridgedType {
  fileprivate var isOptional: Bool {
    if case .optional = self { true } else { false }
  }
}
